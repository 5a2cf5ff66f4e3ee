import "server-only";
import type { Pool } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { SEVERITIES } from "@/lib/model/severity";
import { SCOPES } from "@/lib/model/verdict";
import { loadSnapshotTimes } from "../as-of/snapshot-log";
import { STORED_STATES } from "../commit/commit-input";
import { type Facet, type FacetValue, type FindingFilter, hasEveryScope, screenFindings } from "./finding-filter";
import { type ClosedIndex, type FindingIndex, loadClosedIndex, loadFindingIndex } from "./finding-index";
import { type FindingGroup, groupFindings } from "./finding-groups";
import { type FindingOrder, orderFindings, type PointsOf } from "./finding-order";
import { type FindingRecord, loadFindingRecords } from "./finding-record";

export interface ListFindingsOptions {
  readonly seq: number;
  /** Baseline of `opened` and `closed`; without one, nothing is either. */
  readonly sinceSeq: number | null;
  readonly filter: FindingFilter;
  /** opened = failing now, not failing at `sinceSeq`; closed = the other way round; both in the scopes that are asked for. */
  readonly tab: "all" | "opened" | "closed";
  /** Has an order of its own, whatever `order` and `isReversed` say. */
  readonly group?: FindingGroup | undefined;
  readonly order: FindingOrder;
  readonly isReversed: boolean;
  /** `nextCursor` of the page before. */
  readonly cursor: string | null;
  readonly limit: number;
  readonly pointsOf?: PointsOf;
}

export interface FindingPage {
  readonly rows: readonly FindingRecord[];
  readonly nextCursor: string | null;
  /** Rows under the filter, on all pages. */
  readonly matching: number;
  /** Of the matching ones, those of the platform, and the worst of these. */
  readonly platform: { readonly matching: number; readonly critical: number; readonly high: number };
  /** Of the matching ones, failing, and not at `sinceSeq`. */
  readonly openedSince: number;
  /** Failing findings without any filter. */
  readonly total: number;
  readonly tabs: {
    readonly all: number;
    readonly criticalHigh: number;
    readonly opened: number;
    readonly closed: number;
    readonly manual: number;
    readonly unknown: number;
  };
  readonly facets: Readonly<Record<Facet, readonly FacetValue[]>>;
}

const FAIL = STORED_STATES.indexOf("fail");
const MANUAL = STORED_STATES.indexOf("manual");
const UNKNOWN = STORED_STATES.indexOf("unknown");
const CRITICAL = SEVERITIES.indexOf("critical");
const HIGH = SEVERITIES.indexOf("high");
const PLATFORM = SCOPES.indexOf("platform");
const NEVER = (): boolean => false;

/** What is on the list that is asked for, and what it is compared with. */
async function screenList(pool: Pool, clusterId: number, options: ListFindingsOptions) {
  const { seq, sinceSeq, filter, tab } = options;
  const [times, open] = await Promise.all([loadSnapshotTimes(pool, clusterId, seq), loadFindingIndex(pool, clusterId, seq)]);
  const closed = sinceSeq === null || sinceSeq >= seq ? null : await loadClosedIndex(pool, clusterId, sinceSeq, seq);
  const index = tab === "closed" ? (closed ?? emptyOf(open)) : open;
  const hasOpened = closed?.hasOpened ?? NEVER;
  const hasMoved = (row: number): boolean => closed?.moved.has(index.findingIds[row] ?? 0) === true;
  const changed: FindingFilter = { ...filter, isOfOneScope: hasMoved };
  const failed: FindingFilter = { ...changed, state: ["fail"] };
  const effective = tab === "opened" ? { ...failed, isRow: hasOpened } : tab === "closed" ? failed : filter;
  const isOpened = (row: number): boolean => hasOpened(row) && !(hasEveryScope(filter) && hasMoved(row));
  return { open, closed, index, isOpened, times, screening: screenFindings(index, effective, times, times[seq] ?? 0) };
}

/** One page of findings as of a snapshot. Throws AppError `bad-request` for a cursor of another list. */
export async function listFindings(pool: Pool, clusterId: number, options: ListFindingsOptions): Promise<FindingPage> {
  const { seq, filter } = options;
  const { open, closed, index, isOpened, times, screening } = await screenList(pool, clusterId, options);
  const { ids, nextCursor } = takePage(index, screening.misses, times, options);
  const ofPlatform = (severity?: number): number =>
    countRows(index, screening.misses, (row) => index.scopes[row] === PLATFORM && (severity === undefined || index.severities[row] === severity));
  return {
    rows: await loadFindingRecords(pool, clusterId, ids, seq),
    nextCursor,
    matching: screening.matching,
    platform: { matching: ofPlatform(), critical: ofPlatform(CRITICAL), high: ofPlatform(HIGH) },
    openedSince: index === open ? countRows(open, screening.misses, isOpened) : 0,
    ...countTabs(open, closed, filter),
    facets: screening.facets,
  };
}

/** All of a list from its cursor on, as many at once as its limit says: looked for and put in order once, and counted not at all. */
export async function* listAllFindings(pool: Pool, clusterId: number, options: ListFindingsOptions): AsyncGenerator<readonly FindingRecord[]> {
  const { index, times, screening } = await screenList(pool, clusterId, options);
  const { ids } = takePage(index, screening.misses, times, { ...options, limit: Number.POSITIVE_INFINITY });
  for (let from = 0; from < ids.length; from += options.limit)
    yield await loadFindingRecords(pool, clusterId, ids.slice(from, from + options.limit), options.seq);
}

function emptyOf(index: FindingIndex): FindingIndex {
  return { ...index, size: 0 };
}

function takePage(
  index: FindingIndex,
  misses: Uint16Array,
  times: readonly number[],
  options: ListFindingsOptions,
): { ids: number[]; nextCursor: string | null } {
  const { group, order, isReversed, pointsOf } = options;
  const rows = group === undefined ? orderFindings(index, order, isReversed, pointsOf, times) : groupFindings(index, group, misses, pointsOf);
  const after = options.cursor === null ? null : Number.parseInt(options.cursor, 36);
  let isPast = after === null;
  const ids: number[] = [];
  for (const row of rows) {
    const spanId = index.spanIds[row] ?? 0;
    if (!isPast) {
      isPast = spanId === after;
      continue;
    }
    if (misses[row] !== 0) continue;
    if (ids.length === options.limit) return { ids, nextCursor: (ids.at(-1) ?? 0).toString(36) };
    ids.push(spanId);
  }
  if (!isPast) throw new AppError("bad-request", "This cursor belongs to another list: start again from the first page.");
  return { ids, nextCursor: null };
}

function countRows(index: FindingIndex, misses: Uint16Array, isCounted: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < index.size; row += 1) if (misses[row] === 0 && isCounted(row)) count += 1;
  return count;
}

/** Tabs keep the scope and the resource of the page, and no other filter. */
function countTabs(open: FindingIndex, closed: ClosedIndex | null, filter: FindingFilter) {
  const isStill = (index: FindingIndex, row: number) => hasEveryScope(filter) && closed?.moved.has(index.findingIds[row] ?? 0) === true;
  const isKept = (index: FindingIndex) => {
    const isScope = SCOPES.map((scope) => filter.scope === undefined || filter.scope.length === 0 || filter.scope.includes(scope));
    const isObject = index.resources.map(({ key }) => filter.resource === undefined || filter.resource === key);
    return (row: number) => isScope[index.scopes[row] ?? 0] === true && isObject[index.resourceAt[row] ?? 0] === true;
  };
  const tabs = { all: 0, criticalHigh: 0, opened: 0, closed: 0, manual: 0, unknown: 0 };
  let total = 0;
  const isOpenKept = isKept(open);
  for (let row = 0; row < open.size; row += 1) {
    const isFailing = open.states[row] === FAIL;
    if (isFailing) total += 1;
    if (!isOpenKept(row)) continue;
    if (open.states[row] === MANUAL) tabs.manual += 1;
    if (open.states[row] === UNKNOWN) tabs.unknown += 1;
    if (!isFailing) continue;
    tabs.all += 1;
    if ((open.severities[row] ?? 9) <= HIGH) tabs.criticalHigh += 1;
    if (closed?.hasOpened(row) && !isStill(open, row)) tabs.opened += 1;
  }
  if (closed !== null) {
    const isClosedKept = isKept(closed);
    for (let row = 0; row < closed.size; row += 1) if (isClosedKept(row) && !isStill(closed, row)) tabs.closed += 1;
  }
  return { tabs, total };
}
