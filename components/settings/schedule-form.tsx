"use client";
import { type ReactNode, useId } from "react";
import { apiFetch } from "@/lib/client/api-fetch";
import { clusterApiPath } from "@/lib/client/api-path";
import { useSavedDraft } from "@/lib/client/use-saved-draft";
import type { ClusterDto } from "@/lib/contracts/clusters";
import { scheduleWords } from "@/lib/format/source-titles";
import { capitalise } from "@/lib/format/words";
import { Checkbox } from "../primitives/checkbox";
import { SelectInput } from "../primitives/written-fields";
import { SaveBar } from "./save-bar";

const INTERVALS: readonly (number | null)[] = [5, 15, 30, 60, 180, 360, 720, 1440, 10080, null];

/** Interval and pause of one cluster; saved as a whole. */
export function ScheduleForm({ cluster, schedule }: { readonly cluster: string; readonly schedule: ClusterDto["schedule"] }): ReactNode {
  const id = useId();
  const draft = useSavedDraft({
    name: `schedule ${cluster}`,
    stored: schedule,
    toRequest: (value, was) => ({ path: `${clusterApiPath(cluster)}/schedule`, method: "PUT", body: { ...value, was } }),
    readStored: async () => {
      const contract = async () => (await import("@/lib/contracts/clusters")).listClustersResponse;
      const { clusters } = await apiFetch({ path: "/api/v1/clusters", contract });
      return clusters.find(({ slug }) => slug === cluster)?.schedule ?? schedule;
    },
  });
  const { intervalMinutes: interval, isPaused } = draft.value;
  const choices = INTERVALS.includes(schedule.intervalMinutes) ? INTERVALS : [schedule.intervalMinutes, ...INTERVALS];
  return (
    <form className="form-rows" onSubmit={(event) => void draft.submit(event)}>
      <div className="form-row">
        <label htmlFor={id}>Scan</label>
        <SelectInput id={id} value={String(interval)} onChange={(minutes) => draft.change({ intervalMinutes: minutes === "null" ? null : Number(minutes) })}>
          {choices.map((minutes) => (
            <option key={String(minutes)} value={String(minutes)}>
              {capitalise(scheduleWords(minutes, false))}
            </option>
          ))}
        </SelectInput>
      </div>
      <div className="form-row">
        <span className="lbl">Pause</span>
        <label className="state">
          <Checkbox checked={isPaused} disabled={interval === null} onChange={(isOn) => draft.change({ isPaused: isOn })} /> Keep the interval, but do not scan
        </label>
      </div>
      <div className="form-row">
        <span />
        <SaveBar draft={draft} saved="Saved." />
      </div>
    </form>
  );
}
