"use client";
import { type ReactNode, useState } from "react";
import type { SnapshotStamp } from "@/lib/contracts/words";
import { Chevron } from "../primitives/chevron";
import { Instant } from "../primitives/instant";
import { Popover } from "../primitives/popover";
import { MomentList } from "../shell/moment-list";
import type { ShellSnapshot } from "../shell/shell-data";
import { useMoment } from "../shell/use-moment";

interface MomentPickersProps {
  readonly from: SnapshotStamp;
  readonly to: SnapshotStamp;
  /** Newest first. */
  readonly snapshots: readonly ShellSnapshot[];
  /** Sentences about what else changed between the two. */
  readonly notes: readonly string[];
}

/** From and to are the handles of the time control, "since" and "as of": a choice here moves them. */
export function MomentPickers({ from, to, snapshots, notes }: MomentPickersProps): ReactNode {
  const { setAt, setSince } = useMoment();
  const [open, setOpen] = useState<"from" | "to" | null>(null);
  const newest = snapshots[0];
  const isNow = to.seq === newest?.seq;
  const choose = (set: (seq: number | null) => void) => (seq: number | null) => {
    setOpen(null);
    set(seq);
  };
  const before = snapshots.find((snapshot) => snapshot.seq < to.seq);
  return (
    <div className="moments">
      <Popover
        label="From: choose the earlier moment"
        open={open === "from"}
        onOpenChange={(next) => setOpen(next ? "from" : null)}
        trigger={
          <>
            <span className="lbl">From</span> <Instant at={from.takenAt} /> <span className="lbl">snapshot {from.seq}</span>
            <Chevron />
          </>
        }
      >
        <MomentList
          title="Compare with"
          snapshots={snapshots.filter((snapshot) => snapshot.seq < to.seq)}
          chosen={from.seq}
          now={to.takenAt}
          reset={{ label: "Default: seven days before" }}
          onChoose={choose(setSince)}
        />
      </Popover>
      <span className="muted">to</span>
      <Popover
        label="To: choose the later moment"
        open={open === "to"}
        onOpenChange={(next) => setOpen(next ? "to" : null)}
        trigger={
          <>
            <span className="lbl">To</span> <Instant at={to.takenAt} />{" "}
            <span className="lbl">
              snapshot {to.seq}
              {isNow ? ", now" : ""}
            </span>
            <Chevron />
          </>
        }
      >
        <MomentList
          title="Show everything as of"
          snapshots={snapshots.filter((snapshot) => snapshot.seq > from.seq)}
          chosen={isNow ? null : to.seq}
          now={newest?.at ?? to.takenAt}
          reset={{ label: "Now", note: `snapshot ${newest?.seq ?? to.seq}` }}
          onChoose={choose(setAt)}
        />
      </Popover>
      {before === undefined || before.seq === from.seq ? null : (
        <button type="button" className="ctl line" onClick={() => setSince(before.seq)}>
          Compare the last scan only
        </button>
      )}
      {notes.map((note) => (
        <span key={note} className="cap">
          {note}
        </span>
      ))}
    </div>
  );
}
