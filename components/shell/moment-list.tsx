"use client";
import { usePathname } from "next/navigation";
import { type ReactNode, useId } from "react";
import { Instant } from "../primitives/instant";
import { useTimeZone } from "../primitives/use-time-zone";
import { dayOf, findSnapshotOfDay } from "./find-snapshot";
import { PostureLink } from "./posture-link";
import { clusterOf } from "./posture-search";
import type { ShellSnapshot } from "./shell-data";

interface MomentListProps {
  readonly title: string;
  readonly snapshots: readonly ShellSnapshot[];
  readonly chosen: number | null;
  readonly now: string;
  /** The entry that clears the choice. */
  readonly reset: { readonly label: string; readonly note?: ReactNode };
  readonly onChoose: (seq: number | null) => void;
}

const SHOWN = 60;

/** Snapshots to choose from, and a date that finds the nearest earlier one. */
export function MomentList({ title, snapshots, chosen, now, reset, onChoose }: MomentListProps): ReactNode {
  const id = useId();
  const cluster = clusterOf(usePathname());
  const zone = useTimeZone();
  const newest = snapshots[0];
  const oldest = snapshots.at(-1);
  return (
    <div style={{ minWidth: 300 }}>
      <p className="pop-title">{title}</p>
      <div style={{ display: "flex", gap: 8, alignItems: "center", padding: "2px 8px 8px" }}>
        <label htmlFor={id} className="cap">
          On
        </label>
        <input
          id={id}
          type="date"
          className="ctl line"
          max={newest && dayOf(newest.at, zone)}
          min={oldest && dayOf(oldest.at, zone)}
          onChange={(event) => {
            const found = findSnapshotOfDay(snapshots, event.target.value, zone);
            if (found !== null) onChoose(found.seq);
          }}
        />
      </div>
      <button type="button" className="pop-item" aria-current={chosen === null ? "true" : undefined} onClick={() => onChoose(null)}>
        <span>{reset.label}</span>
        {reset.note === undefined ? null : <span className="cap">{reset.note}</span>}
      </button>
      {snapshots.slice(0, SHOWN).map((snapshot) => (
        <button
          key={snapshot.seq}
          type="button"
          className="pop-item"
          aria-current={snapshot.seq === chosen ? "true" : undefined}
          onClick={() => onChoose(snapshot.seq)}
        >
          <span>
            <Instant at={snapshot.at} now={now} />
          </span>
          <span className="cap">{snapshot.note === undefined ? snapshot.seq : `${snapshot.note} · ${snapshot.seq}`}</span>
        </button>
      ))}
      {snapshots.length > SHOWN ? <p className="pop-title">{snapshots.length - SHOWN} earlier: choose a date</p> : null}
      {oldest !== undefined && oldest.seq > 1 && cluster !== null ? (
        <PostureLink className="pop-item" href={`/c/${cluster}/snapshots?before=${oldest.seq}`}>
          <span>
            Before <Instant at={oldest.at} kind="day" />
          </span>
          <span className="cap">all snapshots</span>
        </PostureLink>
      ) : null}
    </div>
  );
}
