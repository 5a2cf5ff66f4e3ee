/** One clause as its framework numbers it, named in our own words. */
export interface Clause {
  readonly id: string;
  readonly title: string;
  /** Heading that clauses of a framework stand under; null = the framework has none. */
  readonly group: string | null;
  /** Why no control asks about it: what it needs that no scan reads. Null = a control could, or does. */
  readonly gap: string | null;
  /** It asks for files of a control plane, which are nobody's here where a service runs it. */
  readonly ofOwnControlPlane: boolean;
  /** What the controls leave open, as the second half of a sentence: with it, nothing failing is no pass. Null = they ask all of it. */
  readonly rest: string | null;
  /** Clauses of CIS Kubernetes that ask the same: their controls decide this one too. */
  readonly follows: readonly string[];
  /** Controls that decide it beside those that name it. */
  readonly controls: readonly string[];
  /** Those of its controls that decide all of it by themselves, where they can tell: what another source would add is not missed then. */
  readonly enough: readonly string[];
  /** What decides it of controls that ask several things, by the `check` of their evidence: what fails elsewhere fails no part of it. Empty = all. */
  readonly parts: readonly string[];
  /** Numbers that it had in earlier versions: controls may still name them. */
  readonly formerly: readonly string[];
  /** Columns of the matrix that it stands in, by id; empty = the framework is no matrix. */
  readonly columns: readonly string[];
}

export interface MatrixColumn {
  readonly id: string;
  readonly name: string;
}

/** A service that runs clusters, with a benchmark of its own. */
type ManagedPlatform = "eks" | "gke" | "aks";

export interface Framework {
  readonly key: string;
  readonly name: string;
  /** Edition that the list follows. */
  readonly version: string;
  /** What a result says about a clause, and what it does not. */
  readonly about: string;
  /** When the list was last compared with its source, year and month. */
  readonly asOf: string;
  readonly source: string;
  /** Left out of the list: clauses that the framework has and the table does not. */
  readonly leftOut: string | null;
  /** The only platform that it is meant for; null = every cluster. */
  readonly platform: ManagedPlatform | null;
  /** Columns in their order; empty = it is read as a list. */
  readonly columns: readonly MatrixColumn[];
  readonly clauses: readonly Clause[];
}

/** A title, or a title with what else is known about the clause. */
export type ClauseText = string | ({ readonly title: string } & Partial<Omit<Clause, "id" | "title" | "group">>);

/** Clauses of one heading, from id and title. `gap` is that of each which names none. */
export function clauseGroup(group: string | null, clauses: Readonly<Record<string, ClauseText>>, gap: string | null = null): readonly Clause[] {
  const blank = { group, gap, ofOwnControlPlane: false, rest: null, follows: [], controls: [], enough: [], parts: [], formerly: [], columns: [] };
  return Object.entries(clauses).map(([id, given]) => ({ ...blank, id, ...(typeof given === "string" ? { title: given } : given) }));
}
