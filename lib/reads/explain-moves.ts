import "server-only";
import type { WaterfallDto } from "@/lib/contracts/score";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { type ControlChange, explainMove } from "@/lib/scoring/waterfall";
import { type ChangeCount, countChanges } from "@/lib/store/findings/count-changes";
import type { FilledReader } from "./open-reader";
import { loadPosture } from "./posture-at";

function toControlChanges(changes: readonly ChangeCount[]): readonly ControlChange[] {
  const byControl = Map.groupBy(
    changes.filter((change) => change.scope === "workload"),
    (change) => change.control,
  );
  const sum = (rows: readonly ChangeCount[], keep: (row: ChangeCount) => boolean): number => rows.filter(keep).reduce((total, row) => total + row.count, 0);
  return [...byControl].map(([control, rows]) => ({
    control,
    openedNew: sum(rows, (r) => r.change === "opened" && r.cause === "new-resource"),
    openedExisting: sum(rows, (r) => r.change === "opened" && r.cause !== "new-resource"),
    closedGone: sum(rows, (r) => r.change === "closed" && r.cause === "resource-gone"),
    closedFixed: sum(rows, (r) => r.change === "closed" && r.cause !== "resource-gone"),
  }));
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
  const perControl = toControlChanges(changes);
  const waterfalls = LAYERS.map((layer): WaterfallDto => {
    const move = explainMove(layer, before.scored("workload", layer), after.scored("workload", layer), perControl);
    return { ...move, rows: [...move.rows] };
  });
  return { changes, waterfalls, of: (layer) => waterfalls.find((waterfall) => waterfall.layer === layer) ?? null };
}
