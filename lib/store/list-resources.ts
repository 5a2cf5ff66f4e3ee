import "server-only";
import type { Pool } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { countAll, SEVERITIES, type Severity } from "@/lib/model/severity";
import { heldBy } from "./as-of/held-by";
import { loadResourceIndex, type ResourceIndex } from "./as-of/resource-index";
import type { ResourceName } from "./as-of/resource-names";
import { loadSnapshotTimes } from "./as-of/snapshot-log";
import { type FacetValue, namespaceOf } from "./findings/finding-filter";
import { countByResource, noSeverities, type SeverityTotals } from "./findings/finding-statistics";

type StaleTest = (ref: Pick<ResourceName, "apiVersion" | "kind">) => boolean;

export interface ListResourcesOptions {
  readonly seq: number;
  readonly kind?: readonly string[] | undefined;
  /** "-" = objects without a namespace. */
  readonly namespace?: readonly string[] | undefined;
  /** Asked for the scope at `seq`, which a name does not know. */
  readonly isInScope?: ((name: ResourceName) => boolean) | undefined;
  /** Only what has failing findings. */
  readonly isFailing?: boolean | undefined;
  readonly q?: string | undefined;
  readonly order: "name" | "kind" | "namespace" | "findings" | "changed";
  readonly isReversed: boolean;
  readonly cursor: string | null;
  readonly limit: number;
  /** Whether objects of that kind are shown as they last were; none are when absent. */
  readonly isStale?: StaleTest;
}

interface ResourceListRow {
  readonly resource: ResourceName;
  readonly open: SeverityTotals;
  readonly worst: Severity | null;
  readonly firstSeenAt: Date;
  readonly changedAt: Date;
  readonly isStale: boolean;
}

export interface ResourcePage {
  readonly rows: readonly ResourceListRow[];
  readonly nextCursor: string | null;
  readonly matching: number;
  /** Of the matching ones: with failing findings; stale. */
  readonly failing: number;
  readonly stale: number;
  readonly total: number;
  /** Failing findings on all of them; those on what a binding names and is not there are on none. */
  readonly openOnAll: number;
  readonly facets: { readonly kind: readonly FacetValue[]; readonly namespace: readonly FacetValue[] };
}

type Totals = ReadonlyMap<number, SeverityTotals>;

function sumOf(totals: SeverityTotals | undefined): number {
  return totals === undefined ? 0 : countAll(totals);
}

/** Worst first: a critical one outweighs any number of lesser ones. */
function compareTotals(a: SeverityTotals | undefined, b: SeverityTotals | undefined): number {
  for (const severity of SEVERITIES) {
    const difference = (b?.[severity] ?? 0) - (a?.[severity] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function comparator(index: ResourceIndex, totals: Totals, order: ListResourcesOptions["order"]): (a: number, b: number) => number {
  const text = (read: (name: ResourceName) => string) => (a: number, b: number) => {
    const [left, right] = [index.names[a], index.names[b]];
    const [x, y] = [left === undefined ? "" : read(left), right === undefined ? "" : read(right)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
  if (order === "name") return text((name) => name.name);
  if (order === "kind") return text((name) => name.kind);
  if (order === "changed") return (a, b) => (index.changedSeqs[b] ?? 0) - (index.changedSeqs[a] ?? 0);
  if (order === "findings") return (a, b) => compareTotals(totals.get(index.names[a]?.id ?? 0), totals.get(index.names[b]?.id ?? 0));
  return () => 0;
}

const ordersOf = heldBy<ResourceIndex, Map<string, Int32Array>>("resource-orders", () => new Map());

/** All rows in order; kept, since neither the index nor its moment's findings ever change. */
function orderResources(index: ResourceIndex, totals: Totals, options: Pick<ListResourcesOptions, "order" | "isReversed">): Int32Array {
  const known = ordersOf(index);
  const name = `${options.order}/${options.isReversed}`;
  let rows = known.get(name);
  if (rows === undefined) {
    const compare = comparator(index, totals, options.order);
    const sign = options.isReversed ? -1 : 1;
    rows = Int32Array.from(index.names, (_, at) => at).sort((a, b) => sign * compare(a, b) || a - b);
    known.set(name, rows);
  }
  return rows;
}

function tally(values: Iterable<string>): FacetValue[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** One page of the objects that were there at a snapshot. Throws AppError `bad-request` for a cursor of another list. */
export async function listResources(pool: Pool, clusterId: number, options: ListResourcesOptions): Promise<ResourcePage> {
  const [times, index, totals] = await Promise.all([
    loadSnapshotTimes(pool, clusterId, options.seq),
    loadResourceIndex(pool, clusterId, options.seq),
    countByResource(pool, clusterId, options.seq),
  ]);
  const words = (options.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const isIn = (wanted: readonly string[] | undefined, value: string) => wanted === undefined || wanted.length === 0 || wanted.includes(value);
  const isOther = (name: ResourceName) =>
    options.isInScope?.(name) === false || (options.isFailing === true && !totals.has(name.id)) || words.some((word) => !name.key.toLowerCase().includes(word));
  const candidates: number[] = [];
  for (const at of orderResources(index, totals, options)) {
    const name = index.names[at];
    if (name !== undefined && !isOther(name)) candidates.push(at);
  }
  const kindOf = (at: number) => index.names[at]?.kind ?? "";
  const homeOf = (at: number) => {
    const name = index.names[at];
    return name === undefined ? "-" : namespaceOf(name);
  };
  const matches = candidates.filter((at) => isIn(options.kind, kindOf(at)) && isIn(options.namespace, homeOf(at)));
  const facets = {
    kind: tally(candidates.filter((at) => isIn(options.namespace, homeOf(at))).map(kindOf)),
    namespace: tally(candidates.filter((at) => isIn(options.kind, kindOf(at))).map(homeOf)),
  };
  const isStale = byKind(options.isStale ?? (() => false));
  const isStaleAt = (at: number): boolean => {
    const name = index.names[at];
    return name !== undefined && isStale(name);
  };
  const start = startAfter(index, matches, options.cursor);
  const page = matches.slice(start, start + options.limit);
  const last = page.at(-1);
  return {
    rows: page.flatMap((at) => toRow(index, at, totals, times, isStaleAt(at))),
    nextCursor: last !== undefined && start + options.limit < matches.length ? (index.names[last]?.id ?? 0).toString(36) : null,
    matching: matches.length,
    failing: matches.filter((at) => totals.has(index.names[at]?.id ?? 0)).length,
    stale: matches.filter(isStaleAt).length,
    total: index.names.length,
    openOnAll: index.names.reduce((sum, { id }) => sum + sumOf(totals.get(id)), 0),
    facets,
  };
}

/** Asked once for each kind, not for each object. */
function byKind(ask: StaleTest): StaleTest {
  const known = new Map<string, boolean>();
  return (ref) => {
    const key = `${ref.apiVersion} ${ref.kind}`;
    let answer = known.get(key);
    if (answer === undefined) known.set(key, (answer = ask(ref)));
    return answer;
  };
}

function startAfter(index: ResourceIndex, matches: readonly number[], cursor: string | null): number {
  if (cursor === null) return 0;
  const id = Number.parseInt(cursor, 36);
  const at = matches.findIndex((match) => index.names[match]?.id === id);
  if (at < 0) throw new AppError("bad-request", "This cursor belongs to another list: start again from the first page.");
  return at + 1;
}

function toRow(index: ResourceIndex, at: number, totals: Totals, times: readonly number[], isStale: boolean): ResourceListRow[] {
  const resource = index.names[at];
  if (resource === undefined) return [];
  const open = totals.get(resource.id) ?? noSeverities();
  return [
    {
      resource,
      open,
      worst: SEVERITIES.find((severity) => open[severity] > 0) ?? null,
      firstSeenAt: new Date(times[resource.firstSeq] ?? 0),
      changedAt: new Date(times[index.changedSeqs[at] ?? 0] ?? 0),
      isStale,
    },
  ];
}
