"use client";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";
import { Button } from "../primitives/button";
import { KeyHint } from "../primitives/key-hint";

interface FindingsDockProps {
  readonly selected: number;
  /** Positions in sight, from 0; null = not known yet. */
  readonly range: readonly [number, number] | null;
  readonly matching: number;
  readonly copied: boolean;
  readonly onCopy: () => void;
  readonly onClear: () => void;
}

/** Keys and range at rest; count and what can be done with them once rows are selected. */
export function FindingsDock({ selected, range, matching, copied, onCopy, onClear }: FindingsDockProps): ReactNode {
  return (
    <div className={`dock ${selected === 0 ? "at-rest" : ""}`} role="region" aria-label="Selection and keys">
      {selected === 0 ? (
        <span aria-live="polite" className="cap">
          {copied ? "Link copied" : ""}
        </span>
      ) : (
        <>
          <b>{formatCount(selected)} selected</b>
          <Button onClick={onCopy}>
            <span aria-live="polite">{copied ? "Copied" : `Copy ${selected === 1 ? "link" : "links"}`}</span>
          </Button>
          <Button kind="quiet" onClick={onClear}>
            Clear
          </Button>
        </>
      )}
      <span className="grow" />
      <span className="keys cap">
        <span className="only-desk">
          <KeyHint>j</KeyHint> <KeyHint>k</KeyHint> move
        </span>
        <span className="only-desk">
          <KeyHint>x</KeyHint> select
        </span>
        <span className="only-desk">
          <KeyHint>Enter</KeyHint> open
        </span>
        <span className="only-desk">
          <KeyHint>c</KeyHint> copy link
        </span>
        <span className="only-desk">
          <KeyHint>?</KeyHint> all keys
        </span>
        {matching === 0 ? null : (
          // As wide as its last value, also before the first: what is beside it stays in its place.
          <span className="range" style={{ minWidth: `${3 * formatCount(matching).length + 4}ch` }}>
            {range === null ? null : `${formatCount(range[0] + 1)}–${formatCount(Math.max(range[1], range[0]) + 1)} of ${formatCount(matching)}`}
          </span>
        )}
      </span>
    </div>
  );
}
