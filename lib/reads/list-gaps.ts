import type { GapDto } from "@/lib/contracts/overview";
import type { AnyControl } from "@/lib/controls/define";
import { neededKinds } from "@/lib/engine/needed-kinds";
import { isReadByKind, sliceKindOf } from "@/lib/inventory/slice-kind";
import { isGap, type KindCoverage, whyUnread } from "@/lib/model/coverage";
import { LAYERS } from "@/lib/model/layer";
import { WEIGHTS } from "@/lib/scoring/weights";

type Entry = Pick<KindCoverage, "group" | "kind">;

/** The controls that cannot judge without a kind, or not everything. */
export function controlsNeeding(entry: Entry, controls: readonly AnyControl[]): readonly AnyControl[] {
  const kind = sliceKindOf(entry);
  return controls.filter((control) => neededKinds(control).has(kind));
}

/** Kinds that were not read for one reason, with one action, are told together. What leaves out the most comes first. */
function group(entries: readonly KindCoverage[], controls: readonly AnyControl[], scored: readonly AnyControl[]): readonly GapDto[] {
  const groups = Map.groupBy(entries, (entry) => `${entry.status} ${entry.group} ${entry.action ?? entry.reason ?? ""}`);
  const weight = (list: readonly AnyControl[]): number => list.reduce((sum, control) => sum + WEIGHTS[control.maxSeverity ?? control.severity], 0);
  const gaps = [...groups.values()].map((ofGroup): GapDto => {
    const needing = (list: readonly Entry[]): ReadonlySet<AnyControl> => new Set(list.flatMap((entry) => controlsNeeding(entry, controls)));
    // Of some kinds a control does without, where they could not change its verdict: how many that are is not known here.
    const left = needing(ofGroup.filter((entry) => !isReadByKind(sliceKindOf(entry))));
    const shares = LAYERS.map((layer) => {
      const all = weight(scored.filter((control) => control.layer === layer));
      return { layer, share: all === 0 ? 0 : weight([...left].filter((control) => control.layer === layer)) / all };
    });
    const first = ofGroup[0];
    return {
      status: first?.status ?? "failed",
      kinds: ofGroup.map((entry) => entry.kind),
      reason: whyUnread(first ?? {}),
      action: first?.action ?? null,
      controls: needing(ofGroup).size,
      shares: shares.filter(({ share }) => share > 0),
    };
  });
  return gaps.sort((a, b) => b.controls - a.controls);
}

const inScores = (controls: readonly AnyControl[]): readonly AnyControl[] => controls.filter((control) => !control.isRollUp);

/** What was asked for and could not be read. */
export function toGaps(coverage: readonly KindCoverage[], controls: readonly AnyControl[]): readonly GapDto[] {
  const scored = inScores(controls);
  return group(coverage.filter(isGap), scored, scored);
}

/** Sources that nobody switched on, with the controls of `waiting` that each keeps out of scope. */
export function toSwitchedOff(coverage: readonly KindCoverage[], controls: readonly AnyControl[], waiting: ReadonlySet<string>): readonly GapDto[] {
  const scored = inScores(controls);
  const off = coverage.filter((entry) => entry.status === "not-requested");
  return group(
    off,
    scored.filter(({ id }) => waiting.has(id)),
    scored,
  ).filter((gap) => gap.controls > 0);
}
