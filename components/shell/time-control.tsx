"use client";
import { type ReactNode, useState } from "react";
import { Chevron } from "../primitives/chevron";
import { Instant } from "../primitives/instant";
import { Popover } from "../primitives/popover";
import { useNow } from "../primitives/use-now";
import { useTimeZone } from "../primitives/use-time-zone";
import { isSameYear } from "@/lib/format/instant";
import { formatRelative } from "@/lib/format/relative-time";
import { findBaseline } from "./find-baseline";
import { MomentList } from "./moment-list";
import { NowWords } from "./now-words";
import type { ShellData } from "./shell-data";
import { useMoment } from "./use-moment";

/** One control, two handles: the snapshot of the page, and the baseline of every change on it. */
export function TimeControl({ shell }: { readonly shell: ShellData }): ReactNode {
  const { at, since, setAt, setSince } = useMoment();
  const [open, setOpen] = useState<"at" | "since" | null>(null);
  const now = useNow(shell.now);
  const zone = useTimeZone();
  const latest = shell.snapshots[0];
  const shown = shell.snapshots.find((snapshot) => snapshot.seq === at);
  const base = shell.snapshots.find((snapshot) => snapshot.seq === since);
  // "now" may be the snapshot of another year: where nobody has scanned since, or the clock of this machine is behind.
  const isOtherYear = (moment: string): boolean => !isSameYear(new Date(moment), new Date(now), zone);
  const isPast = at !== null && at !== latest?.seq;
  const baseline = findBaseline(shell.snapshots, shell.baseline, at);
  if (latest === undefined) return <span className="cap">No snapshot yet</span>;
  const choose = (set: (seq: number | null) => void) => (seq: number | null) => {
    setOpen(null);
    set(seq);
  };
  return (
    <div className="time" role="group" aria-label="Time">
      <Popover
        label="As of: choose a snapshot"
        triggerClassName="ctl"
        open={open === "at"}
        onOpenChange={(next) => setOpen(next ? "at" : null)}
        trigger={
          <>
            <span className="lbl">As of</span>
            {!isPast ? (
              <NowWords at={latest.at} now={now} isOtherYear={isOtherYear(latest.at)} />
            ) : shown === undefined ? (
              <span>snapshot {at}</span>
            ) : (
              <span>
                <span className="only-desk">
                  <Instant at={shown.at} />
                </span>
                <span className="only-phone">
                  <Instant at={shown.at} kind="date" />
                </span>
                <span className="only-desk ago"> · {formatRelative(new Date(shown.at), new Date(now))}</span>
              </span>
            )}
            <Chevron />
          </>
        }
      >
        <MomentList
          title="Show everything as of"
          snapshots={shell.snapshots}
          chosen={isPast ? at : null}
          now={now}
          reset={{ label: "Now", note: `snapshot ${latest.seq}` }}
          onChoose={choose(setAt)}
        />
      </Popover>
      <Popover
        label="Since: choose a baseline"
        triggerClassName="ctl only-desk"
        open={open === "since"}
        onOpenChange={(next) => setOpen(next ? "since" : null)}
        trigger={
          <>
            <span className="lbl">Since</span>
            {base !== undefined ? (
              <Instant at={base.at} kind={isOtherYear(base.at) ? "full" : "short"} />
            ) : since !== null ? (
              <span>snapshot {since}</span>
            ) : baseline === null ? (
              <span>{isPast && shown?.seq !== 1 ? "seven days before" : "nothing earlier"}</span>
            ) : (
              <span>
                {baseline.words}, <Instant at={baseline.at} kind={isOtherYear(baseline.at) ? "date" : "day"} />
              </span>
            )}
            <Chevron />
          </>
        }
      >
        <MomentList
          title="Compare with"
          snapshots={shell.snapshots.filter((s) => s.seq < (at ?? latest.seq))}
          chosen={since}
          now={now}
          reset={{ label: baseline === null ? "Nothing earlier" : `Default: ${baseline.words}` }}
          onChoose={choose(setSince)}
        />
      </Popover>
      {isPast ? (
        <button type="button" className="ctl now" onClick={() => setAt(null)}>
          <span className="only-desk">Return to now</span>
          <span className="only-phone">Now</span>
        </button>
      ) : null}
    </div>
  );
}
