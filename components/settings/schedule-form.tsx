"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import type { ClusterDto } from "@/lib/contracts/clusters";
import { scheduleWords } from "@/lib/format/source-titles";
import { capitalise } from "@/lib/format/words";
import { Button } from "../primitives/button";

const INTERVALS: readonly (number | null)[] = [5, 15, 30, 60, 180, 360, 720, 1440, 10080, null];

/** Interval and pause of one cluster; saved as a whole. */
export function ScheduleForm({ cluster, schedule }: { readonly cluster: string; readonly schedule: ClusterDto["schedule"] }): ReactNode {
  const router = useRouter();
  const id = useId();
  const [interval, setInterval] = useState(schedule.intervalMinutes);
  const [isPaused, setIsPaused] = useState(schedule.isPaused);
  const [note, setNote] = useState<{ readonly text: string; readonly isProblem: boolean } | null>(null);
  const choices = INTERVALS.includes(schedule.intervalMinutes) ? INTERVALS : [schedule.intervalMinutes, ...INTERVALS];
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const problem = await saveSchedule(cluster, { intervalMinutes: interval, isPaused });
    setNote(problem === null ? { text: "Saved", isProblem: false } : { text: problem, isProblem: true });
    if (problem === null) router.refresh();
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
            setNote(null);
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
              setNote(null);
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
          {note === null ? null : <span role={note.isProblem ? "alert" : "status"}>{note.text}</span>}
        </span>
      </div>
    </form>
  );
}

/** Null = saved; else what stood in the way. */
async function saveSchedule(cluster: string, schedule: ClusterDto["schedule"]): Promise<string | null> {
  try {
    const response = await fetch(`/api/v1/clusters/${encodeURIComponent(cluster)}/schedule`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(schedule),
    });
    if (response.ok) return null;
    const { message } = (await response.json()) as { message?: string }; // safe: only shown, and only when it is there
    return message ?? `It was refused (${response.status}).`;
  } catch {
    return "The server did not answer; is it still running?";
  }
}
