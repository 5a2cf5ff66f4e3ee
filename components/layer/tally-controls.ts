import type { LayerResponse } from "@/lib/contracts/overview";
import type { LayerTally } from "@/lib/format/layer-titles";
import type { State } from "@/lib/model/verdict";

type Row = LayerResponse["controls"][number];

/** What a control of a layer came to: it fails, it passes, or not all of it was assessed. Null = out of scope. */
export function standingOf(row: Row): keyof LayerTally | null {
  if (!row.isInScope) return null;
  if (row.failing > 0) return "failing";
  return row.unknown + row.stale > 0 ? "notAssessed" : "passing";
}

const STATES = { failing: "fail", passing: "pass", notAssessed: "unknown" } as const;

/** What its row says of it. */
export function stateOf(row: Row): State {
  const standing = standingOf(row);
  return standing !== null ? STATES[standing] : row.manual > 0 ? "manual" : "not-applicable";
}

/** The controls of a layer by what they came to. */
export function tallyControls(rows: readonly Row[]): LayerTally {
  const count = (standing: keyof LayerTally): number => rows.filter((row) => standingOf(row) === standing).length;
  return { failing: count("failing"), passing: count("passing"), notAssessed: count("notAssessed") };
}

/** Points that a control won (+) or lost (−) since the earlier moment, before the cap; 0 where there was none. */
export const changeOf = (row: Row): number => (row.costBefore === null ? 0 : row.costBefore - row.cost);

/** Controls of a layer, the most costly first, and what they cost. */
export interface ControlCosts {
  readonly all: readonly Row[];
  readonly failing: readonly Row[];
  /** They cost points at the earlier moment, and fail no longer. */
  readonly cleared: readonly Row[];
  /** Whether there is an earlier moment. */
  readonly hasBefore: boolean;
}

export function toCosts(rows: readonly Row[]): ControlCosts {
  const isFailing = (row: Row): boolean => standingOf(row) === "failing";
  return {
    all: rows,
    failing: rows.filter(isFailing),
    cleared: rows.filter((row) => !isFailing(row) && Math.abs(changeOf(row)) >= 0.005),
    hasBefore: rows.some((row) => row.costBefore !== null),
  };
}
