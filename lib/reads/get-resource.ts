import "server-only";
import type { ResourceResponse } from "@/lib/contracts/resources";
import type { MomentQuery } from "@/lib/contracts/words";
import type { AnyControl } from "@/lib/controls/define";
import { findOwnSubject } from "@/lib/controls/own/own-subject";
import { findControl } from "@/lib/controls/registry";
import { hardReads } from "@/lib/engine/hard-reads";
import { canBeSubject } from "@/lib/engine/subjects";
import { AppError } from "@/lib/errors/app-error";
import { resourcePath, toResourceKey } from "@/lib/format/paths";
import { isFinishedJob } from "@/lib/inventory/workloads/job-end";
import { sliceKindOf } from "@/lib/inventory/slice-kind";
import { READ_BY_KIND, SLICE_KINDS, type SliceName } from "@/lib/inventory/slices";
import { isGap, type KindCoverage } from "@/lib/model/coverage";
import { isRecord, type JsonRecord, record, textMap } from "@/lib/model/json";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { apiGroup } from "@/lib/model/resource-ref";
import { worstSeverity } from "@/lib/model/severity";
import type { Scope } from "@/lib/model/verdict";
import { listLastJudged } from "@/lib/store/as-of/last-judged";
import { listFindings } from "@/lib/store/findings/list-findings";
import type { FindingRecord } from "@/lib/store/findings/finding-record";
import { findResource, findResourceVersion, listResourceVersions, type ResourceRecord } from "@/lib/store/resources";
import type { CatalogueAt } from "./catalogue-at";
import { toFindUnread } from "./find-unread";
import { judgeObject } from "./judge-object";
import { listContainerSettings } from "./list-container-settings";
import { listRelatedFindings } from "./list-related-findings";
import { listResourceFacts } from "./list-resource-facts";
import { findManagedBy } from "./managed-by";
import { type FilledReader, openFilledReader, toMoment } from "./open-reader";
import { loadPosture } from "./posture-at";
import { loadScopeOf } from "./settings-at";
import { toFindingRow } from "./to-finding-row";
import { toMarkedYaml } from "./to-yaml";
import { looksAtRights } from "./with-rights";

const MAX_FINDINGS = 500;

/** What fails first: a node has a score of controls whose source is off, and some of those are critical. */
async function listStored(reader: FilledReader, key: string): Promise<readonly FindingRecord[]> {
  const options = { seq: reader.at.seq, sinceSeq: null, tab: "all", order: "severity", isReversed: false, cursor: null, limit: MAX_FINDINGS } as const;
  const { rows } = await listFindings(reader.pool, reader.cluster.id, { ...options, filter: { resource: key } });
  return rows.toSorted((a, b) => Number(b.state === "fail") - Number(a.state === "fail"));
}

/** `met`: what it passes. `held` beside those: what another control tells of it. `untold`: the layers of what a page cannot ask again. */
interface Held {
  readonly met: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
  readonly untold: ReadonlySet<Layer>;
}

const NOTHING_HELD: Held = { met: new Set(), held: new Set(), untold: new Set() };

/**
 * Controls that are judged together, of what they look at. What an account may do is said in all namespaces: what is asked of a workload beside that looks
 * at its own, so that a large cluster tells that too.
 */
function groupByGround(controls: readonly AnyControl[]): Iterable<readonly AnyControl[]> {
  return Map.groupBy(controls, (control) => `${control.subject} ${control.subject === "workload" && looksAtRights(control)}`).values();
}

/**
 * The controls that this object does not fail: judged again from what is remembered, since only what is not met is stored. Own controls are
 * never evaluated for a page: those without a stored finding were met, but by a Job that is over, to which none applies.
 */
async function listHeld(
  reader: FilledReader,
  resource: ResourceRecord,
  manifest: JsonRecord | null,
  { list, entries }: CatalogueAt,
  stored: readonly FindingRecord[],
): Promise<Held> {
  const [met, subsumed, untold] = [new Set<string>(), new Set<string>(), new Set<Layer>()];
  const possible = list().filter((control) => !control.isRollUp && canBeSubject(control.subject, resource.kind, apiGroup(resource)));
  const isOver = resource.kind === "Job" && manifest !== null && isFinishedJob(manifest);
  const notMet = new Set(stored.map((record) => record.controlId));
  const asked = possible.filter(({ id }) => !entries.get(id)?.own && findControl(id) !== null);
  for (const { id } of possible) {
    const own = entries.get(id)?.own;
    const only = findOwnSubject(own?.subject ?? "")?.onlyKind ?? resource.kind;
    if (own && only === resource.kind && !notMet.has(id) && !isOver) met.add(id);
  }
  for (const controls of groupByGround(asked)) {
    const judged = await judgeObject(reader, controls, resource, manifest);
    for (const { layer } of judged.untold) untold.add(layer);
    for (const verdict of judged.verdicts) {
      if (verdict.state === "pass" && !notMet.has(verdict.control)) met.add(verdict.control);
      if (verdict.state === "subsumed") subsumed.add(verdict.control);
    }
  }
  return { met, held: met.union(subsumed), untold };
}

/** Whether a control that the object met could be asked in this snapshot: what it cannot do without was read. */
function toIsAsked({ list }: CatalogueAt, coverage: readonly KindCoverage[]): (control: string) => boolean {
  const gaps = new Set(coverage.filter(isGap).map(sliceKindOf));
  const controls = new Map(list().map((control) => [control.id, control]));
  return (id) => {
    const control = controls.get(id);
    const isThere = (slice: SliceName): boolean => slice === "workloads" || READ_BY_KIND.has(slice) || SLICE_KINDS[slice].every((kind) => !gaps.has(kind));
    return control === undefined || hardReads(control).every(isThere);
  };
}

/** Those that were assessed since its object is as it is: what was last assessed of an older version says nothing of the lines of this one. */
async function listOfVersion({ pool, cluster }: FilledReader, records: readonly FindingRecord[], fromSeq: number): Promise<readonly FindingRecord[]> {
  const stale = new Map(records.flatMap(({ findingId, staleSince }) => (staleSince ? [[findingId, staleSince.seq] as const] : [])));
  const judged = await listLastJudged(async (sql, values) => (await pool.query(sql, [...values])).rows, cluster.id, stale);
  return records.filter(({ findingId }) => (judged.get(findingId) ?? fromSeq) >= fromSeq);
}

/** Of what is no object, as a user: its rights decide what it is of, and its row knows those of its first finding alone. Null = nothing is said of it. */
function findSubjectScope(records: readonly FindingRecord[]): Scope | null {
  if (records.length === 0) return null;
  return records.every(({ scope }) => scope === "platform") ? "platform" : "workload";
}

/** One object at a moment, ring by ring. Throws not-found. */
export async function getResource(
  slug: string,
  path: { readonly groupKind: string; readonly namespace: string; readonly name: string },
  query: MomentQuery,
): Promise<ResourceResponse> {
  const reader = await openFilledReader(slug, query);
  const { pool, cluster, at } = reader;
  const key = toResourceKey(path.groupKind, path.namespace, path.name);
  const resource = await findResource(pool, cluster.id, key, at.seq);
  if (!resource)
    throw new AppError(
      "not-found",
      `${cluster.name} had no ${path.groupKind} ${path.name}${path.namespace === "-" ? "" : ` in ${path.namespace}`} by snapshot ${at.seq}.`,
    );
  const posture = await loadPosture(pool, cluster.id, at);
  const version = await findResourceVersion(pool, cluster.id, resource.id, at.seq);
  const parsed: unknown = version ? JSON.parse(version.json) : null;
  const manifest = isRecord(parsed) ? parsed : null;
  const records = resource.goneAt === null ? await listStored(reader, key) : [];
  const failing = records.filter((record) => record.state === "fail");
  const { met, held, untold } = resource.goneAt === null ? await listHeld(reader, resource, manifest, posture.catalogue, records) : NOTHING_HELD;
  const relatedOf = await listRelatedFindings(reader, resource, resource.goneAt === null ? manifest : null, posture);
  const layerOf = new Map(posture.catalogue.list().map((control) => [control.id, control.layer]));
  const paths = {
    serviceAccount: (name: string) => resourcePath(slug, { apiVersion: "v1", kind: "ServiceAccount", namespace: resource.namespace, name }),
    namespace: (name: string) => resourcePath(slug, { apiVersion: "v1", kind: "Namespace", namespace: null, name }),
  };
  const findUnread = toFindUnread(posture.coverage);
  const isAsked = toIsAsked(posture.catalogue, posture.coverage);
  const shown = manifest ? await listOfVersion(reader, failing, version?.fromSeq ?? 0) : [];
  const versions = await listResourceVersions(pool, cluster.id, resource.id, at.seq);
  return {
    moment: toMoment(reader),
    key,
    ref: { apiVersion: resource.apiVersion, kind: resource.kind, namespace: resource.namespace, name: resource.name },
    scope: findSubjectScope(version === null ? records : []) ?? (await loadScopeOf(reader))(resource),
    labels: textMap(record(manifest?.metadata).labels),
    owner: manifest ? findManagedBy(manifest, version?.managers) : null,
    firstSeenAt: resource.firstSeenAt.toISOString(),
    goneAt: resource.goneAt?.toISOString() ?? null,
    unread: findUnread(resource),
    rings: LAYERS.map((layer) => {
      const own = failing.filter((record) => record.layer === layer);
      const ownMet = [...met].filter((control) => layerOf.get(control) === layer);
      return {
        layer,
        met: ownMet.length,
        isMetKnown: ownMet.length > 0 || !untold.has(layer),
        failing: own.length,
        staleMet: ownMet.filter((control) => findUnread(resource, control) !== null || !isAsked(control)).length,
        staleFailing: own.filter((record) => record.isStale).length,
        notAssessed: records.filter((record) => record.layer === layer && (record.state === "unknown" || record.state === "manual")).length,
        worst: worstSeverity(own.map((record) => record.severity)) ?? null,
        findings: records.filter((record) => record.layer === layer).map((record) => toFindingRow(record, posture, at.takenAt)),
        facts: listResourceFacts(layer, manifest, resource.namespace, paths),
        related: relatedOf(layer),
      };
    }),
    settings: manifest ? listContainerSettings(manifest, records, { isInForce: posture.catalogue.isInForce, held }) : null,
    yaml: manifest
      ? toMarkedYaml(
          manifest,
          shown.flatMap((record) => record.evidence),
        )
      : null,
    versions: versions.newest.map(({ fromSeq, takenAt, goneAt }) => ({ fromSeq, takenAt: takenAt.toISOString(), goneAt: goneAt?.toISOString() ?? null })),
    versionsTotal: versions.total,
  };
}
