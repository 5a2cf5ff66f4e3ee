import type { NetworkMatrixResponse, NetworkMatrixRow } from "@/lib/contracts/network";
import { OUTSIDE } from "@/lib/model/outside";

type Cell = NonNullable<NetworkMatrixRow["cells"][number]>;

/** The worst first. What cannot be told may be open. */
const STATES: readonly Cell["state"][] = ["open", "restricted", "unknown", "closed"];

/**
 * Row and column of what is read out before somebody points at a cell: the worst of the ways between namespaces, which are those that the title counts;
 * of several alike the one with the most open pairs of workloads, then the first. Where there are none, the first cell.
 */
export function worstCell({ columns, rows }: Pick<NetworkMatrixResponse, "columns" | "rows">): readonly [number, number] {
  const cells = rows.flatMap(({ from, cells: own }, row) =>
    own.flatMap((cell, column) => (cell === null ? [] : [{ from, to: columns[column], cell, at: [row, column] as const }])),
  );
  const between = cells.filter(({ from, to }) => from !== to && from !== OUTSIDE && to !== OUTSIDE);
  const [worst] = between.sort((a, b) => STATES.indexOf(a.cell.state) - STATES.indexOf(b.cell.state) || b.cell.openPairs - a.cell.openPairs);
  return (worst ?? cells[0])?.at ?? [0, 0];
}
