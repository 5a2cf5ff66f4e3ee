import type { FindingRow, ListFindingsQuery } from "../contracts/findings";
import type { FindingsPageQuery } from "../contracts/page-queries";
import { LAYERS } from "../model/layer";
import { SEVERITIES } from "../model/severity";
import { SCOPES } from "../model/verdict";

// Written out here, because the contract itself would bring its parser into the script of the page.
const STATES = ["open", "manual", "waived", "unknown"] as const satisfies readonly FindingRow["state"][];
const AGES = ["0-7", "8-30", "31-90", "91-180", "over-180"] as const satisfies readonly NonNullable<ListFindingsQuery["age"]>[number][];
const ASSESSED = ["now", "last", "not"] as const satisfies readonly NonNullable<ListFindingsQuery["assessed"]>[number][];
const SORTS = ["severity", "age", "control", "object", "points"] as const satisfies readonly NonNullable<ListFindingsQuery["sort"]>[];
const TABS = ["opened", "closed"] as const satisfies readonly NonNullable<ListFindingsQuery["tab"]>[];

export const FINDING_COLUMNS = ["severity", "layer", "object", "points", "age", "control", "opened"] as const satisfies NonNullable<
  FindingsPageQuery["columns"]
>;
export type FindingColumn = (typeof FINDING_COLUMNS)[number];
export const DEFAULT_COLUMNS: readonly FindingColumn[] = ["severity", "layer", "object", "points", "age"];

type Read<Value> = (text: string) => Value | null;

const word: Read<string> = (text) => (text === "" ? null : text);
const oneOf =
  <const Word extends string>(words: readonly Word[]): Read<Word> =>
  (text) =>
    words.find((known) => known === text) ?? null;
const listOf =
  <Value>(read: Read<Value>): Read<readonly Value[]> =>
  (text) => {
    const values = text.split(",").flatMap((part) => read(part) ?? []);
    return values.length === 0 ? null : values;
  };
function integer(text: string): number | null {
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? null : value;
}

/** Everything that the address of the list can hold. Read by functions of our own: those of a library weighed as much as the table in the script of the page. */
const FINDINGS_READERS = {
  at: integer,
  since: integer,
  severity: listOf(oneOf(SEVERITIES)),
  layer: listOf(oneOf(LAYERS)),
  state: listOf(oneOf(STATES)),
  age: listOf(oneOf(AGES)),
  assessed: listOf(oneOf(ASSESSED)),
  scope: listOf(oneOf(SCOPES)),
  control: listOf(word),
  namespace: listOf(word),
  kind: listOf(word),
  resource: word,
  tab: oneOf(TABS),
  q: word,
  sort: oneOf(SORTS),
  order: oneOf(["asc", "desc"]),
  view: oneOf(["control", "object"]),
  rows: oneOf(["one"]),
  columns: listOf(oneOf(FINDING_COLUMNS)),
} satisfies Record<string, Read<unknown>>;
export type FindingsSearch = { readonly [Name in keyof typeof FINDINGS_READERS]: ReturnType<(typeof FINDINGS_READERS)[Name]> };

/**
 * Reads the address of the list, alike on the server and in the browser; what is not valid counts as absent, and so does what is empty: the API asks for nothing
 * by it. So does a state of what opened or closed, which has what failed: "closed" beside "open" would contradict itself.
 */
export function loadFindingsSearch(address: Pick<URLSearchParams, "get">): FindingsSearch {
  const read = ([name, readOne]: readonly [string, Read<unknown>]) => {
    const text = address.get(name);
    return [name, text === null ? null : readOne(text)];
  };
  const search = Object.fromEntries(Object.entries(FINDINGS_READERS).map(read)) as FindingsSearch; // safe: each name with what its own reader gives
  return search.tab === null ? search : { ...search, state: null };
}

const LISTS = ["severity", "layer", "state", "age", "assessed", "scope", "control", "namespace", "kind"] as const;
const TEXTS = ["resource", "tab", "q"] as const;

/** The query of the API that answers this address, always written the same way: it names what the browser keeps. */
export function toFindingsQuery(search: FindingsSearch): string {
  const query = new URLSearchParams();
  for (const name of LISTS) {
    const values = search[name];
    if (values !== null) query.set(name, [...values].sort().join(","));
  }
  for (const name of TEXTS) {
    const value = search[name];
    if (value !== null) query.set(name, value);
  }
  // What is grouped has an order of its own.
  if (search.view !== null) query.set("group", search.view);
  else for (const name of ["sort", "order"] as const) if (search[name] !== null) query.set(name, search[name]);
  if (search.at !== null && search.at > 0) query.set("at", String(search.at));
  if (search.since !== null && search.since > 0) query.set("since", String(search.since));
  return query.toString();
}

/** The columns that the address asks for, or the usual ones. */
export const chosenColumns = ({ columns }: FindingsSearch): readonly FindingColumn[] => columns ?? DEFAULT_COLUMNS;

/** How many facets narrow the list. */
export function countFilters(search: FindingsSearch): number {
  return LISTS.filter((name) => search[name] !== null).length + (search.resource === null ? 0 : 1);
}
