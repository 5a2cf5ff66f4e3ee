"use client";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useChange } from "@/lib/client/use-change";
import type { ClusterDto } from "@/lib/contracts/clusters";
import { scheduleWords } from "@/lib/format/source-titles";
import { capitalise } from "@/lib/format/words";
import { Button } from "../primitives/button";
import { SaveNote } from "./save-note";

const INTERVALS: readonly (number | null)[] = [5, 15, 30, 60, 180, 360, 720, 1440, 10080, null];

/** Interval and pause of one cluster; saved as a whole. */
export function ScheduleForm({ cluster, schedule }: { readonly cluster: string; readonly schedule: ClusterDto["schedule"] }): ReactNode {
  const id = useId();
  const [interval, setInterval] = useState(schedule.intervalMinutes);
  const [isPaused, setIsPaused] = useState(schedule.isPaused);
  const [isSaved, setIsSaved] = useState(false);
  const { problem, ask } = useChange();
  const choices = INTERVALS.includes(schedule.intervalMinutes) ? INTERVALS : [schedule.intervalMinutes, ...INTERVALS];
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const path = `/api/v1/clusters/${encodeURIComponent(cluster)}/schedule`;
    setIsSaved(await ask({ path, method: "PUT", body: { intervalMinutes: interval, isPaused } }));
  };
  return (
    <form className="form-rows" onSubmit={(event) => void save(event)}>
      <div className="form-row">
        <label htmlFor={id}>Scan</label>
        <select
          id={id}
          className="ctl line"
          value={String(interval)}
          onChange={(event) => {
            setInterval(event.target.value === "null" ? null : Number(event.target.value));
            setIsSaved(false);
          }}
        >
          {choices.map((minutes) => (
            <option key={String(minutes)} value={String(minutes)}>
              {capitalise(scheduleWords(minutes, false))}
            </option>
          ))}
        </select>
      </div>
      <div className="form-row">
        <span className="lbl">Pause</span>
        <label className="state">
          <input
            type="checkbox"
            className="check"
            checked={isPaused}
            disabled={interval === null}
            onChange={(event) => {
              setIsPaused(event.target.checked);
              setIsSaved(false);
            }}
          />{" "}
          Keep the interval, but do not scan
        </label>
      </div>
      <div className="form-row">
        <span />
        <span className="state">
          <Button type="submit" kind="solid">
            Save
          </Button>
          <SaveNote isSaved={isSaved} problem={problem} />
        </span>
      </div>
    </form>
  );
}
