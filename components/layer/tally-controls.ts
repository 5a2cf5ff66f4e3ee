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
