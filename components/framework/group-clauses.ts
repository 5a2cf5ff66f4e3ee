import type { ClauseDto } from "@/lib/contracts/frameworks";

interface Group<T> {
  /** null = clauses under no heading. */
  readonly group: string | null;
  /** Of the group in the framework, from 0: paper keeps that order. */
  readonly place: number;
  readonly own: readonly T[];
}

/** Clauses by their headings, in the order of the framework, but those under which something fails before those under which nothing is known to. */
export function groupClauses<T extends Pick<ClauseDto, "group" | "state">>(clauses: readonly T[]): readonly Group<T>[] {
  const groups = [...Map.groupBy(clauses, ({ group }) => group)].map(([group, own], place) => ({ group, place, own }));
  const fails = ({ own }: Group<T>): boolean => own.some(({ state }) => state === "fail");
  return [...groups.filter(fails), ...groups.filter((one) => !fails(one))];
}
