import "server-only";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { SEVERITIES, type Severity } from "@/lib/model/severity";
import { tableOf } from "@/lib/model/table-of";
import { SCOPES, type Scope } from "@/lib/model/verdict";
import { STORED_STATES, type StoredState } from "../commit/commit-input";
import { heldBy } from "../as-of/held-by";
import type { ResourceName } from "../as-of/resource-names";
import { DAY_MS } from "@/lib/model/day-ms";
import { agesOf, type FindingIndex } from "./finding-index";

export const AGE_BINS = ["0-7", "8-30", "31-90", "91-180", "over-180"] as const;
export type AgeBin = (typeof AGE_BINS)[number];
const AGE_LIMITS_DAYS = [8, 31, 91, 181];
/** In the snapshot itself, not again since it was last, or not at all. */
const ASSESSED = ["now", "last", "not"] as const;
const UNKNOWN = STORED_STATES.indexOf("unknown");

/** Absent = any. Values of one field are alternatives; fields are joined by "and". */
export interface FindingFilter {
  readonly severity?: readonly Severity[] | undefined;
  readonly layer?: readonly Layer[] | undefined;
  readonly state?: readonly StoredState[] | undefined;
  readonly control?: readonly string[] | undefined;
  /** "-" = objects without a namespace. */
  readonly namespace?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly age?: readonly AgeBin[] | undefined;
  readonly assessed?: readonly (typeof ASSESSED)[number][] | undefined;
  readonly scope?: readonly Scope[] | undefined;
  /** A resource key. */
  readonly resource?: string | undefined;
  /** Words that must each be in the object's name, namespace or kind, or in the control's id. */
  readonly q?: string | undefined;
  /** Controls that match `q` by their title, which the store does not know. */
  readonly qControls?: readonly string[] | undefined;
  /** Only rows of which it is true. */
  readonly isRow?: ((row: number) => boolean) | undefined;
  /** Rows that match only where one scope is asked for: to both together they say nothing. */
  readonly isOfOneScope?: ((row: number) => boolean) | undefined;
}

const FACETS = ["severity", "layer", "state", "age", "namespace", "kind", "control", "scope", "assessed"] as const;
export type Facet = (typeof FACETS)[number];

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** What a filter says of each row of an index: 0 = matches; one bit per facet that rejects it; NEVER = another reason. */
export interface Screening {
  readonly misses: Uint16Array;
  readonly matching: number;
  readonly facets: Readonly<Record<Facet, readonly FacetValue[]>>;
}

const NEVER = 1 << 15;

/** The place among `AGE_BINS` of a finding that has been open for so long, in milliseconds. */
export function ageBinAt(ageMs: number): number {
  const days = ageMs / DAY_MS;
  const at = AGE_LIMITS_DAYS.findIndex((limit) => days < limit);
  return at < 0 ? AGE_LIMITS_DAYS.length : at;
}

/** For one facet: the position of each row's value among `values`. */
interface FacetColumn {
  readonly values: readonly string[];
  readonly at: Uint8Array | Uint16Array;
}

const keptColumns = heldBy<FindingIndex, { columns?: Record<Facet, FacetColumn> }>("facet-columns", () => ({}));

/** Ages count back from the instant of the index's own snapshot, or of the end of what ended, so its columns never change. */
function facetColumns(index: FindingIndex, times: readonly number[], atMs: number): Record<Facet, FacetColumn> {
  const kept = keptColumns(index);
  if (kept.columns !== undefined) return kept.columns;
  const namespaces = [...new Set(index.resources.map(namespaceOf))];
  const kinds = [...new Set(index.resources.map((resource) => resource.kind))];
  const ofResource = (rankOf: (resource: ResourceName) => number) => {
    const ranks = Uint16Array.from(index.resources, rankOf);
    return Uint16Array.from(index.resourceAt, (at) => ranks[at] ?? 0);
  };
  const rankIn = (values: readonly string[]) => {
    const ranks = new Map(values.map((value, at) => [value, at]));
    return (value: string) => ranks.get(value) ?? 0;
  };
  const [namespaceRank, kindRank] = [rankIn(namespaces), rankIn(kinds)];
  const ageOf = agesOf(index, times, atMs);
  const columns: Record<Facet, FacetColumn> = {
    severity: { values: SEVERITIES, at: index.severities },
    layer: { values: LAYERS, at: index.layers },
    state: { values: STORED_STATES, at: index.states },
    age: { values: AGE_BINS, at: Uint8Array.from(index.sinceSeqs, (_, row) => ageBinAt(ageOf(row))) },
    namespace: { values: namespaces, at: ofResource((resource) => namespaceRank(namespaceOf(resource))) },
    kind: { values: kinds, at: ofResource((resource) => kindRank(resource.kind)) },
    control: { values: index.controls, at: index.controlAt },
    scope: { values: SCOPES, at: index.scopes },
    assessed: { values: ASSESSED, at: index.states.map((state, row) => (state === UNKNOWN ? 2 : (index.stale[row] ?? 0))) },
  };
  kept.columns = columns;
  return columns;
}

/** A namespace belongs to itself; "-" = to none. */
export function namespaceOf(resource: Pick<ResourceName, "kind" | "namespace" | "name">): string {
  return resource.namespace ?? (resource.kind === "Namespace" ? resource.name : "-");
}

function rejectOthers(index: FindingIndex, filter: FindingFilter, misses: Uint16Array): void {
  const { resource, isRow } = filter;
  const words = (filter.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  if (resource === undefined && isRow === undefined && words.length === 0) return;
  const titled = new Set(filter.qControls);
  const texts = words.length > 0 ? index.resources.map((name) => `${name.namespace ?? ""}/${name.name} ${name.kind}`.toLowerCase()) : [];
  for (let row = 0; row < index.size; row += 1) {
    const at = index.resourceAt[row] ?? 0;
    const isOther = resource !== undefined && index.resources[at]?.key !== resource;
    const control = index.controls[index.controlAt[row] ?? 0] ?? "";
    const isUnnamed = !titled.has(control) && words.some((word) => !(texts[at] ?? "").includes(word) && !control.includes(word));
    if (isOther || isUnnamed || isRow?.(row) === false) misses[row] = NEVER;
  }
}

export function hasEveryScope({ scope = [] }: Pick<FindingFilter, "scope">): boolean {
  return scope.length === 0 || SCOPES.every((one) => scope.includes(one));
}

/** Tests every row, and counts each facet's values under all the other filters. */
export function screenFindings(index: FindingIndex, filter: FindingFilter, times: readonly number[], atMs: number): Screening {
  const misses = new Uint16Array(index.size);
  const columns = facetColumns(index, times, atMs);
  FACETS.forEach((facet, bit) => {
    const wanted = filter[facet] as readonly string[] | undefined;
    if (wanted === undefined || wanted.length === 0) return;
    const { values, at } = columns[facet];
    const isWanted = values.map((value) => wanted.includes(value));
    for (let row = 0; row < index.size; row += 1) if (isWanted[at[row] ?? 0] !== true) misses[row] = (misses[row] ?? 0) | (1 << bit);
  });
  if (filter.isOfOneScope && hasEveryScope(filter))
    for (let row = 0; row < index.size; row += 1) if (filter.isOfOneScope(row)) misses[row] = (misses[row] ?? 0) | (1 << FACETS.indexOf("scope"));
  rejectOthers(index, filter, misses);
  let matching = 0;
  for (const miss of misses) if (miss === 0) matching += 1;
  const facets = tableOf(FACETS, (facet, bit): FacetValue[] => {
    const { values, at } = columns[facet];
    const counts = new Uint32Array(values.length);
    for (let row = 0; row < index.size; row += 1) {
      const miss = misses[row] ?? 0;
      if (miss !== 0 && miss !== 1 << bit) continue;
      const place = at[row] ?? 0;
      counts[place] = (counts[place] ?? 0) + 1;
    }
    return values.map((value, place) => ({ value, count: counts[place] ?? 0 })).filter(({ count }) => count > 0);
  });
  return { misses, matching, facets };
}
