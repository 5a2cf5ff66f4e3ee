import { SCOPES, type Scope } from "@/lib/model/verdict";
import type { NamespaceTally, Tally } from "@/lib/scoring/tally";
import type { TallyInput } from "@/lib/store/commit/commit-input";
import type { CatalogueAt } from "./catalogue-at";

function toScope(scope: string): Scope {
  return SCOPES.find((known) => known === scope) ?? "workload";
}

type Find = CatalogueAt["find"];

/** Controls that the catalogue no longer has are left out: nobody can say what they asked. */
export function toTallies(rows: readonly TallyInput[], findControl: Find): readonly Tally[] {
  return rows.flatMap((row): Tally[] => {
    const control = findControl(row.key);
    if (!control) return [];
    const { dimension: _, key: __, scope, ...counts } = row;
    return [{ ...counts, control: control.id, layer: control.layer, scope: toScope(scope) }];
  });
}

/** Keys are `namespace|control`; namespaces have no bar in their name. "" = cluster-wide. */
export function toNamespaceTallies(rows: readonly TallyInput[], findControl: Find): readonly NamespaceTally[] {
  return rows.flatMap((row): NamespaceTally[] => {
    const bar = row.key.indexOf("|");
    const control = findControl(row.key.slice(bar + 1));
    if (!control) return [];
    const { n, failing, unknown, worst } = row;
    return [{ control: control.id, layer: control.layer, scope: toScope(row.scope), namespace: row.key.slice(0, bar), n, failing, unknown, worst }];
  });
}
