import type { FindingRow } from "@/lib/contracts/findings";

/** With two, the reason beside each is still easier to read than a list. */
const FEWEST = 3;

/** Findings that one line can say: several that were not assessed for the same reason, or a single one. */
export function foldUnassessed(rows: readonly FindingRow[]): readonly (readonly [FindingRow, ...FindingRow[]])[] {
  const reasonOf = (row: FindingRow): string => (row.state === "unknown" && !row.isStale ? row.read : "");
  const byReason = Map.groupBy(rows, reasonOf);
  return rows.flatMap((row): readonly (readonly [FindingRow, ...FindingRow[]])[] => {
    const reason = reasonOf(row);
    const [first, ...others] = byReason.get(reason) ?? [];
    if (reason === "" || !first || others.length + 1 < FEWEST) return [[row]];
    return row === first ? [[first, ...others]] : [];
  });
}
