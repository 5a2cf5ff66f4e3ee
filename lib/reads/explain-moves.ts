import "server-only";
import type { WaterfallDto } from "@/lib/contracts/score";
import { LAYERS, type Layer } from "@/lib/model/layer";
import type { CatalogueEntry } from "@/lib/scoring/catalogue-entries";
import { type Severity, worstSeverity } from "@/lib/model/severity";
import { type ControlChange, explainMove } from "@/lib/scoring/waterfall";
import type { ClosedCause, OpenedCause } from "@/lib/store/commit/commit-input";
import { type ChangeCount, countChanges } from "@/lib/store/findings/count-changes";
import type { ChangeRange } from "@/lib/store/findings/changed-findings";
import { countSubjectChanges, type SubjectChanges } from "./count-subject-changes";
import type { FilledReader } from "./open-reader";
import { loadPosture, type PostureAt } from "./posture-at";

type Cause = OpenedCause | ClosedCause;

const BY_SETTINGS: ReadonlySet<string> = new Set<Cause>(["settings", "reweighted"]);
const BY_CONTROL: ReadonlySet<string> = new Set<Cause>(["new-control", "new-catalogue", "control-changed", "regraded"]);
/** Nobody mended or broke anything in the cluster, or nobody knows when, or another control tells of it, or none any more. */
const NOT_BY_PEOPLE: ReadonlySet<string> = new Set<Cause>([...BY_SETTINGS, ...BY_CONTROL, "assessed", "uncovered", "subsumed", "not-applicable"] as Cause[]);

/** What failed is there no more, as it was, also where something else is there under its name: what that fails came with it as new. */
const GONE: ReadonlySet<string> = new Set<Cause | "replaced">(["resource-gone", "replaced", "finished"]);

/** Every control that a finding or a subject was counted of, at either end. */
function toControlChanges(changes: readonly ChangeCount[], subjects: SubjectChanges): readonly ControlChange[] {
  const byControl = Map.groupBy(
    changes.filter((change) => change.scope === "workload"),
    (change) => change.control,
  );
  return [...new Set([...byControl.keys(), ...subjects.keys()])].map((control) => {
    const rows = byControl.get(control) ?? [];
    const pick = (change: ChangeCount["change"], of: (cause: string) => boolean): readonly ChangeCount[] =>
      rows.filter((row) => row.change === change && of(row.cause));
    const sum = (picked: readonly ChangeCount[]): number => picked.reduce((total, row) => total + row.count, 0);
    const worst = (picked: readonly ChangeCount[]): Severity | null => worstSeverity(picked.map(({ severity }) => severity)) ?? null;
    const isByPeople = (cause: string): boolean => !NOT_BY_PEOPLE.has(cause);
    const [bySettings, byRelease] = [(cause: string) => BY_SETTINGS.has(cause), (cause: string) => BY_CONTROL.has(cause)];
    const uncovered = pick("opened", (cause) => cause === "uncovered");
    const counted = subjects.get(control) ?? { subjects: 0, movedBySettings: 0, movedByRelease: 0 };
    const onNew = pick("opened", (cause) => cause === "new-resource");
    const onGone = pick("closed", (cause) => GONE.has(cause));
    // Of what one could not list, only what failed and is new or gone is known to have come or gone.
    const own = { ...counted, subjects: counted.subjects ?? sum(onNew) - sum(onGone) };
    const onNamed = pick("opened", (cause) => cause === "new-name");
    const onExisting = pick("opened", (cause) => isByPeople(cause) && cause !== "new-resource" && cause !== "new-name");
    // Whether users were there before, no object says: as many of them came as there are subjects more.
    const came = Math.max(0, Math.min(sum(onNamed), own.subjects - sum(onNew)));
    const openedNew = came > 0 ? [...onNew, ...onNamed] : onNew;
    const openedExisting = came < sum(onNamed) ? [...onExisting, ...onNamed] : onExisting;
    return {
      control,
      ...own,
      openedNew: sum(onNew) + came,
      openedExisting: sum(onExisting) + sum(onNamed) - came,
      closedGone: sum(onGone),
      closedFixed: sum(pick("closed", (cause) => isByPeople(cause) && !GONE.has(cause))),
      covered: sum(pick("closed", (cause) => cause === "subsumed")),
      uncovered: sum(uncovered),
      bySettings: sum(pick("opened", bySettings)) - sum(pick("closed", bySettings)),
      byControl: sum(pick("opened", byRelease)) - sum(pick("closed", byRelease)),
      worst: {
        openedNew: worst(openedNew),
        openedExisting: worst([...openedExisting, ...pick("regraded", isByPeople)]),
        uncovered: worst(uncovered),
        bySettings: worst(pick("opened", bySettings)),
        byControl: worst(pick("opened", byRelease)),
      },
      regraded: { byPeople: sum(pick("regraded", isByPeople)), byRules: sum(pick("regraded", (cause) => !isByPeople(cause))) },
    };
  });
}

/** The controls, by id, that people switched off or on in between, or the source that they need, or gave another weight. */
function findTuned(before: PostureAt, after: PostureAt): ReadonlySet<string> {
  const tuningOf = ({ disabled, reweighted, severity }: CatalogueEntry): string => (disabled === undefined ? ((reweighted && severity) ?? "") : "off");
  const tuned = [...before.catalogue.entries.values()].flatMap((then) => {
    const now = after.catalogue.entries.get(then.id);
    return now && tuningOf(then) !== tuningOf(now) ? then.id : [];
  });
  return before.switchedOff.symmetricDifference(after.switchedOff).union(new Set(tuned));
}

export interface Moves {
  readonly changes: readonly ChangeCount[];
  readonly waterfalls: readonly WaterfallDto[];
  readonly of: (layer: Layer) => WaterfallDto | null;
}

const NO_MOVES: Moves = { changes: [], waterfalls: [], of: () => null };

/** Why each layer moved from the reader's baseline to its moment, between which lies `range`. */
export async function explainMoves(reader: FilledReader, range: ChangeRange | null): Promise<Moves> {
  const { pool, cluster, at, since } = reader;
  if (!since || !range) return NO_MOVES;
  const [before, after, changes] = await Promise.all([
    loadPosture(pool, cluster.id, since),
    loadPosture(pool, cluster.id, at),
    countChanges(pool, cluster.id, range),
  ]);
  const perControl = toControlChanges(changes, await countSubjectChanges(reader, since, { before, after }));
  const weighed = before.weighed.intersection(after.weighed);
  const tuned = findTuned(before, after);
  const waterfalls = LAYERS.map((layer): WaterfallDto => {
    const move = explainMove(layer, before.scored("workload", layer), after.scored("workload", layer), perControl, weighed, tuned);
    return { ...move, rows: [...move.rows] };
  });
  return { changes, waterfalls, of: (layer) => waterfalls.find((waterfall) => waterfall.layer === layer) ?? null };
}
