/** One clause as its framework numbers it, named in our own words. */
export interface Clause {
  readonly id: string;
  readonly title: string;
  /** Heading that clauses of a framework stand under; null = the framework has none. */
  readonly group: string | null;
  /** Why no control can ask about it; null = one could, or does. */
  readonly gap: string | null;
}

export interface Framework {
  readonly key: string;
  readonly name: string;
  /** What a result says about a clause, and what it does not. */
  readonly about: string;
  /** When the list was last compared with its source, year and month. */
  readonly asOf: string;
  readonly source: string;
  /** Left out of the list: clauses that the framework has and the table does not. */
  readonly leftOut: string | null;
  readonly clauses: readonly Clause[];
}

/** Clauses of one heading, from id and title. */
export function clauseGroup(group: string | null, titles: Readonly<Record<string, string>>, gap: string | null = null): readonly Clause[] {
  return Object.entries(titles).map(([id, title]) => ({ id, title, group, gap }));
}
