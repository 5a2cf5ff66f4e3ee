import type { FindingRow } from "@/lib/contracts/findings";
import { resourceKeyOf } from "./resource-words";

export type ListItem =
  | { readonly kind: "group"; readonly key: string; readonly first: FindingRow; readonly count: number | null }
  | { readonly kind: "row"; readonly key: string; readonly row: FindingRow /** Position among the findings. */; readonly index: number };

/** Rows with a head before each group; those of a group come side by side. `counts` by control id. */
export function toListItems(rows: readonly FindingRow[], view: "control" | "object" | null, counts: ReadonlyMap<string, number>): readonly ListItem[] {
  let last: string | null = null;
  return rows.flatMap((row, index): ListItem[] => {
    const item: ListItem = { kind: "row", key: row.id, row, index };
    if (view === null) return [item];
    const group = view === "control" ? row.control : resourceKeyOf(row.resource);
    if (group === last) return [item];
    last = group;
    return [{ kind: "group", key: `group ${row.id}`, first: row, count: view === "control" ? (counts.get(row.control) ?? null) : null }, item];
  });
}
