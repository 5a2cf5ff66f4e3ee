import { SCOPES, type Scope } from "@/lib/model/verdict";
import type { Tally } from "@/lib/scoring/tally";
import type { TallyInput } from "@/lib/store/commit/commit-input";
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
