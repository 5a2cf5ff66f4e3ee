import "server-only";
import type { ResourceResponse } from "@/lib/contracts/resources";
import { canBeSubject } from "@/lib/engine/subjects";
import { SLICE_KINDS } from "@/lib/inventory/slices";
import { isGap, type KindCoverage, whyUnread } from "@/lib/model/coverage";
import type { JsonRecord } from "@/lib/model/json";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { RELATIONS, type Relation } from "@/lib/model/relation";
import { severityRank } from "@/lib/model/severity";
import { loadApiVersions } from "@/lib/store/as-of/api-versions";
import { withVersion } from "@/lib/store/as-of/resource-names";
import { loadFindingRecords } from "@/lib/store/findings/finding-record";
import { type FailingFinding, listFailing, listNotMeeting } from "@/lib/store/findings/list-failing";
import type { ResourceRecord } from "@/lib/store/resources";
import type { CatalogueAt } from "./catalogue-at";
import { listRelated, type Related, type RelatedSource, toRelatedSource } from "./list-related";
import type { FilledReader } from "./open-reader";
import type { PostureAt } from "./posture-at";
import { toFindingRow } from "./to-finding-row";

export type RelatedRing = ResourceResponse["rings"][number]["related"];

const SHOWN = 5;
const OBJECTS = 5;
const NOTHING: RelatedRing = { findings: [], failing: 0, notAssessed: 0, more: [], unread: [] };

/** Where a Service or its endpoints are not known, nothing is of what comes through it. */
const THROUGH_SERVICE = ["Service", "Ingress", "Gateway"];

/** Kinds whose findings may be missing, or of another time, where a source was not read. */
function hiddenBehind(source: RelatedSource, sources: Related["sources"]): readonly string[] {
  if (source === "services" || source === "endpointSlices") return sources.has("workloads") ? [...THROUGH_SERVICE, "Pod"] : THROUGH_SERVICE;
  if (source === "roles" || source === "bindings") return ["RoleBinding", "User"];
  return source === "workloads" ? ["Pod"] : SLICE_KINDS[source];
}

function layersOf(source: RelatedSource, sources: Related["sources"], catalogue: CatalogueAt): ReadonlySet<Layer> {
  const hidden = hiddenBehind(source, sources);
  return new Set(catalogue.list().flatMap(({ subject, layer }) => (hidden.some((kind) => canBeSubject(subject, kind)) ? layer : [])));
}

/** What was not looked at, in the rings where it may show. */
function listUnread(layer: Layer, { sources, tooMany }: Related, { catalogue, coverage }: PostureAt): RelatedRing["unread"] {
  const gaps = Map.groupBy(coverage.filter(isGap), ({ group, kind }: KindCoverage) => toRelatedSource(group, kind));
  return [...sources].flatMap((source) => {
    const unread = gaps.get(source) ?? [];
    const many = tooMany.get(source);
    if ((unread.length === 0 && many === undefined) || !layersOf(source, sources, catalogue).has(layer)) return [];
    const kinds = source === "workloads" ? ["Workload"] : [...SLICE_KINDS[source]];
    const [first] = unread;
    return first ? { kinds: unread.map(({ kind }) => kind), reason: whyUnread(first) } : { kinds, reason: many ?? "" };
  });
}

/** Worst first, then what is closest to the object. */
function sortFailing(rows: readonly FailingFinding[], relations: ReadonlyMap<string, Relation>): readonly FailingFinding[] {
  const rankOf = ({ resourceKey }: FailingFinding): number => RELATIONS.indexOf(relations.get(resourceKey) ?? "user");
  return rows
    .filter(({ state }) => state === "fail")
    .sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || rankOf(a) - rankOf(b) || (a.resourceKey < b.resourceKey ? -1 : 1));
}

/** What fails on the objects that one hangs on, as of the reader's snapshot, by ring. */
export async function listRelatedFindings(
  reader: FilledReader,
  resource: ResourceRecord,
  manifest: JsonRecord | null,
  posture: PostureAt,
): Promise<(layer: Layer) => RelatedRing> {
  const { pool, cluster, at } = reader;
  const related = await listRelated(reader, resource, manifest);
  if (related.objects.size === 0) return () => NOTHING;
  const rows = await listFailing(pool, cluster.id, at.seq, { resources: new Set(related.objects.keys()), states: ["fail", "unknown", "manual"] });
  const byLayer = Map.groupBy(rows, ({ layer }) => layer);
  const failing = new Map(LAYERS.map((layer) => [layer, sortFailing(byLayer.get(layer) ?? [], related.objects)]));
  const shown = [...failing.values()].flatMap((found) => found.slice(0, SHOWN).map(({ spanId }) => spanId));
  const records = await loadFindingRecords(pool, cluster.id, shown, at.seq);
  const rest = new Set([...failing.values()].flatMap((found) => found.slice(SHOWN).map(({ resourceKey }) => resourceKey)));
  const names = new Map((await listNotMeeting(pool, cluster.id, at.seq)).flatMap((name) => (rest.has(name.key) ? [[name.key, name]] : [])));
  const versions = await loadApiVersions(pool, cluster.id, at.seq);
  return (layer) => {
    const found = failing.get(layer) ?? [];
    const others = Map.groupBy(found.slice(SHOWN), ({ resourceKey }) => resourceKey);
    return {
      findings: records
        .filter((record) => record.layer === layer)
        .map((record) => ({
          ...toFindingRow(record, posture, at.takenAt),
          relation: related.objects.get(record.resourceKey) ?? "user",
          failure: posture.catalogue.find(record.controlId)?.failure ?? `fails ${record.controlId}`,
        })),
      failing: found.length,
      notAssessed: (byLayer.get(layer) ?? []).length - found.length,
      more: [...others]
        .sort(([, a], [, b]) => b.length - a.length)
        .slice(0, OBJECTS)
        .flatMap(([key, { length }]) => {
          const name = names.get(key);
          if (name === undefined) return [];
          const { apiVersion, kind, namespace, name: called } = withVersion(name, versions);
          return { ref: { apiVersion, kind, namespace, name: called }, failing: length };
        }),
      unread: listUnread(layer, related, posture),
    };
  };
}
