import "server-only";
import type { FindingRow, ListFindingsQuery, ListFindingsResponse } from "@/lib/contracts/findings";
import type { FindingRecord } from "@/lib/store/findings/finding-record";
import { type FindingPage, type ListFindingsOptions, listFindings as listStored, listAllFindings as listAllStored } from "@/lib/store/findings/list-findings";
import { loadEnds } from "@/lib/store/findings/load-ends";
import { type CatalogueAt, loadCatalogueAt } from "./catalogue-at";
import { countOpen } from "./counts";
import { countTuned } from "./count-tuned";
import { parseListCursor, toListCursor } from "./list-cursor";
import { type FilledReader, openReader, type Reader, toMoment } from "./open-reader";
import { loadPosture, type PostureAt } from "./posture-at";
import { isAssessed, toTell } from "./to-compare-row";
import { toFindingRow } from "./to-finding-row";

const PAGE = 100;
/** Natural directions: worst, oldest and most points first, names from A to Z. */
const NATURAL: Readonly<Record<string, "asc" | "desc">> = { severity: "desc", age: "desc", points: "desc", control: "asc", object: "asc" };

function emptyResponse(moment: ListFindingsResponse["moment"]): ListFindingsResponse {
  const facets = { severity: [], layer: [], state: [], age: [], namespace: [], kind: [], control: [], scope: [], assessed: [] };
  return {
    moment,
    rows: [],
    nextCursor: null,
    matching: 0,
    total: 0,
    totalPlatform: 0,
    platform: { matching: 0, critical: 0, high: 0 },
    openedSince: 0,
    tuned: { off: 0, reweighted: 0, own: 0 },
    tabs: { all: 0, criticalHigh: 0, opened: 0, closed: 0, manual: 0, unknown: 0 },
    facets,
  };
}

function toFacets(page: FindingPage): ListFindingsResponse["facets"] {
  const state = page.facets.state.map(({ value, count }) => ({ value: value === "fail" ? "open" : value, count }));
  const { severity, layer, age, namespace, kind, control, scope, assessed } = page.facets;
  return {
    severity: [...severity],
    layer: [...layer],
    state,
    age: [...age],
    namespace: [...namespace],
    kind: [...kind],
    control: [...control],
    scope: [...scope],
    assessed: [...assessed],
  };
}

/** The store knows no titles, and no names of before: the controls whose title, id and aliases hold every word. */
function controlsMatching(q: string | undefined, catalogue: CatalogueAt): readonly string[] | undefined {
  const words = (q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  return catalogue
    .listAll()
    .filter(({ id, title, aliases = [] }) => words.every((word) => `${title} ${id} ${aliases.join(" ")}`.toLowerCase().includes(word)))
    .map(({ id }) => id);
}

/** What chooses the rows: of what opened or closed, also since when. */
function ofList(query: ListFindingsQuery): ListFindingsQuery & { readonly baseline?: number | undefined } {
  return query.tab === "opened" || query.tab === "closed" ? { ...query, baseline: query.since } : query;
}

/** What the store is asked for, at the reader's moment. */
function toOptions(query: ListFindingsQuery, posture: PostureAt, { at, since }: FilledReader, after: string | null): ListFindingsOptions {
  const { severity, layer, control, namespace, kind, age, assessed, scope, resource, q } = query;
  const sort = query.sort ?? "severity";
  return {
    seq: at.seq,
    sinceSeq: since?.seq ?? null,
    filter: {
      severity,
      layer,
      // A link may name it as it was called when the link was made.
      control: control?.map((id) => posture.catalogue.find(id)?.id ?? id),
      namespace,
      kind,
      age,
      assessed,
      scope,
      resource,
      q,
      qControls: controlsMatching(q, posture.catalogue),
      state: (query.state ?? ["open"]).map((state) => (state === "open" ? "fail" : state)),
    },
    tab: query.tab ?? "all",
    group: query.group,
    order: sort,
    isReversed: query.order !== undefined && query.order !== NATURAL[sort],
    cursor: after,
    limit: query.limit ?? PAGE,
    pointsOf: (id, ofScope) => posture.pointsOf(id, ofScope)?.points ?? 0,
  };
}

async function toRows(
  records: readonly FindingRecord[],
  query: ListFindingsQuery,
  posture: PostureAt,
  { pool, at, since }: FilledReader,
): Promise<FindingRow[]> {
  const before = since && query.tab === "closed" ? await loadCatalogueAt(pool, since.catalogueVersion) : null;
  return records.map((record) => toFindingRow(record, posture, at.takenAt, before));
}

/** A row of a file, which must be understood by itself. */
export interface FileRow extends FindingRow {
  /** Of what opened: whether it could be told at the baseline if it failed; null = of any other list. */
  readonly wasAssessed: boolean | null;
}

async function toFileRows(records: readonly FindingRecord[], query: ListFindingsQuery, posture: PostureAt, reader: FilledReader): Promise<FileRow[]> {
  const { pool, cluster, since } = reader;
  const rows = await toRows(records, query, posture, reader);
  if (query.tab !== "opened" || !since) return rows.map((row) => ({ ...row, wasAssessed: null }));
  const ends = await loadEnds(
    pool,
    cluster.id,
    records.map(({ spanId }) => spanId),
    since.seq,
  );
  const tell = toTell(await loadPosture(pool, cluster.id, since), posture.coverage);
  const told = records.map((record) => isAssessed(tell(record, ends.get(record.spanId))));
  return rows.map((row, index) => ({ ...row, wasAssessed: told[index] ?? null }));
}

export interface FindingsFile {
  readonly moment: ListFindingsResponse["moment"];
  /** To the end of the list, all of the same moment; not-found of what is forgotten meanwhile. */
  readonly pages: AsyncGenerator<readonly FileRow[]>;
}

async function* listPages(query: ListFindingsQuery, reader: Reader): AsyncGenerator<readonly FileRow[]> {
  if (!reader.at) return;
  const filled: FilledReader = { ...reader, at: reader.at };
  const posture = await loadPosture(filled.pool, filled.cluster.id, filled.at);
  for await (const records of listAllStored(filled.pool, filled.cluster.id, toOptions(query, posture, filled, null)))
    yield await toFileRows(records, query, posture, filled);
}

/** A whole list as a file says it. Throws not-found, bad-request. */
export async function openFindingsFile(slug: string, query: ListFindingsQuery): Promise<FindingsFile> {
  const reader = await openReader(slug, { at: query.at, since: query.since });
  return { moment: toMoment(reader), pages: listPages(query, reader) };
}

/**
 * Findings of a cluster at a moment: filtered, sorted, one page. Without a state filter, only what is open. A cursor goes on in the
 * snapshot of its first page, also after a newer scan. Throws not-found, bad-request.
 */
export async function listFindings(slug: string, query: ListFindingsQuery): Promise<ListFindingsResponse> {
  const list = ofList(query);
  const { seq, after } = parseListCursor(list);
  const opened = await openReader(slug, { at: seq, since: query.since });
  if (!opened.at) return emptyResponse(toMoment(opened));
  const reader: FilledReader = { ...opened, at: opened.at };
  const { pool, cluster, at } = reader;
  const posture = await loadPosture(pool, cluster.id, at);
  const page = await listStored(pool, cluster.id, toOptions(query, posture, reader, after));
  return {
    moment: toMoment(reader),
    rows: await toRows(page.rows, query, posture, reader),
    nextCursor: toListCursor(list, at.seq, page.nextCursor),
    matching: page.matching,
    total: page.total,
    totalPlatform: countOpen(at, ["platform"]),
    platform: page.platform,
    openedSince: page.openedSince,
    tuned: countTuned(posture.catalogue),
    tabs: page.tabs,
    facets: toFacets(page),
  };
}
