import "server-only";
import type { ListResourcesQuery, ListResourcesResponse } from "@/lib/contracts/resources";
import { listResources as listStored } from "@/lib/store/list-resources";
import { countOpen } from "./counts";
import { toFindUnread } from "./find-unread";
import { parseListCursor, toListCursor } from "./list-cursor";
import { openReader, toMoment } from "./open-reader";
import { readCoverage } from "./read-coverage";
import { loadScopeOf } from "./settings-at";

const PAGE = 100;
const NATURAL: Readonly<Record<string, "asc" | "desc">> = { findings: "desc", changed: "desc", name: "asc", kind: "asc", namespace: "asc" };

/**
 * The objects of a cluster at a moment, with their open findings. A cursor goes on in the snapshot of its first page, also after a
 * newer scan. Throws not-found, bad-request.
 */
export async function listResources(slug: string, query: ListResourcesQuery): Promise<ListResourcesResponse> {
  const { seq, after } = parseListCursor(query);
  const reader = await openReader(slug, { at: seq, since: query.since });
  const { pool, cluster, at } = reader;
  if (!at)
    return {
      moment: toMoment(reader),
      rows: [],
      nextCursor: null,
      matching: 0,
      failing: 0,
      stale: 0,
      total: 0,
      openElsewhere: 0,
      facets: { kind: [], namespace: [] },
    };
  const findUnread = toFindUnread(await readCoverage(pool, cluster.id, at));
  const scopeOf = await loadScopeOf({ ...reader, at });
  const sort = query.sort ?? "findings";
  const page = await listStored(pool, cluster.id, {
    seq: at.seq,
    kind: query.kind,
    namespace: query.namespace,
    isInScope: query.scope && ((name) => scopeOf(name) === query.scope),
    isFailing: query.failing === "true",
    q: query.q,
    order: sort,
    isReversed: query.order !== undefined && query.order !== NATURAL[sort],
    cursor: after,
    limit: query.limit ?? PAGE,
    isStale: (ref) => findUnread(ref) !== null,
  });
  return {
    moment: toMoment(reader),
    rows: page.rows.map(({ resource, open, worst, firstSeenAt, changedAt, isStale }) => ({
      key: resource.key,
      ref: { apiVersion: resource.apiVersion, kind: resource.kind, namespace: resource.namespace, name: resource.name },
      scope: scopeOf(resource),
      open,
      worst,
      firstSeenAt: firstSeenAt.toISOString(),
      goneAt: null,
      changedAt: changedAt.toISOString(),
      isStale,
    })),
    nextCursor: toListCursor(query, at.seq, page.nextCursor),
    matching: page.matching,
    failing: page.failing,
    stale: page.stale,
    total: page.total,
    openElsewhere: countOpen(at) - page.openOnAll,
    facets: { kind: [...page.facets.kind], namespace: [...page.facets.namespace] },
  };
}
