import "server-only";
import type { WaterfallDto } from "@/lib/contracts/score";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { type ControlChange, explainMove } from "@/lib/scoring/waterfall";
import type { ClosedCause, OpenedCause } from "@/lib/store/commit/commit-input";
import { type ChangeCount, countChanges } from "@/lib/store/findings/count-changes";
import { countSubjectChanges, type SubjectChanges } from "./count-subject-changes";
import type { FilledReader } from "./open-reader";
import { loadPosture } from "./posture-at";

/** Nobody mended or broke anything in the cluster. */
const BY_RULES: ReadonlySet<string> = new Set<OpenedCause | ClosedCause>(["settings", "new-catalogue", "control-changed"]);

/** Every control that a finding or a subject was counted of, at either end. */
function toControlChanges(changes: readonly ChangeCount[], subjects: SubjectChanges): readonly ControlChange[] {
  const byControl = Map.groupBy(
    changes.filter((change) => change.scope === "workload"),
    (change) => change.control,
  );
  return [...new Set([...byControl.keys(), ...subjects.keys()])].map((control) => {
    const rows = byControl.get(control) ?? [];
    const sum = (change: ChangeCount["change"], of: (cause: string) => boolean): number =>
      rows.filter((row) => row.change === change && of(row.cause)).reduce((total, row) => total + row.count, 0);
    const is = (cause: OpenedCause | ClosedCause) => (of: string) => of === cause;
    return {
      control,
      ...(subjects.get(control) ?? { subjects: 0, movedBySettings: 0 }),
      openedNew: sum("opened", is("new-resource")),
      openedExisting: sum("opened", (cause) => !BY_RULES.has(cause) && cause !== "new-resource"),
      closedGone: sum("closed", is("resource-gone")),
      closedFixed: sum("closed", (cause) => !BY_RULES.has(cause) && cause !== "resource-gone"),
      bySettings: sum("opened", is("settings")) - sum("closed", is("settings")),
      byControl: sum("opened", is("new-catalogue")) - sum("closed", is("control-changed")),
    };
  });
}

export interface Moves {
  readonly changes: readonly ChangeCount[];
  readonly waterfalls: readonly WaterfallDto[];
  readonly of: (layer: Layer) => WaterfallDto | null;
}

const NO_MOVES: Moves = { changes: [], waterfalls: [], of: () => null };

/** Why each layer moved from the reader's baseline to its moment. */
export async function explainMoves(reader: FilledReader): Promise<Moves> {
  const { pool, cluster, at, since } = reader;
  if (!since) return NO_MOVES;
  const [before, after, changes] = await Promise.all([
    loadPosture(pool, cluster.id, since),
    loadPosture(pool, cluster.id, at),
    countChanges(pool, cluster.id, since.seq, at.seq),
  ]);
  const perControl = toControlChanges(changes, await countSubjectChanges(reader, since, { before, after }));
  const waterfalls = LAYERS.map((layer): WaterfallDto => {
    const move = explainMove(layer, before.scored("workload", layer), after.scored("workload", layer), perControl);
    return { ...move, rows: [...move.rows] };
  });
  return { changes, waterfalls, of: (layer) => waterfalls.find((waterfall) => waterfall.layer === layer) ?? null };
}
