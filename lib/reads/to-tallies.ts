import { SCOPES, type Scope } from "@/lib/model/verdict";
import type { Tally } from "@/lib/scoring/tally";
import type { TallyInput } from "@/lib/store/commit/commit-input";
import type { ScopedControl } from "@/lib/scoring/posture";
import type { CatalogueAt } from "./catalogue-at";

export function toScope(scope: string): Scope {
  return SCOPES.find((known) => known === scope) ?? "workload";
}

/** What stands in no catalogue of its day is left out: nobody can say how it weighed. */
export function toTallies(rows: readonly TallyInput[], findControl: CatalogueAt["find"]): readonly Tally[] {
  return rows.flatMap((row): Tally[] => {
    const control = findControl(row.key);
    if (!control) return [];
    const { dimension: _, key: __, scope, ...counts } = row;
    return [{ ...counts, control: control.id, layer: control.layer, scope: toScope(scope) }];
  });
}

/** The controls that the snapshot was scored with, at the weights of its time; without those, today's that it has tallies of. */
export function knownControls(catalogue: CatalogueAt, tallies: readonly Tally[]): readonly ScopedControl[] {
  if (catalogue.scored !== null) return catalogue.scored;
  const known = new Set(tallies.map((tally) => tally.control));
  return catalogue.list().filter((control) => known.has(control.id));
}
