import "server-only";
import type { AdmissionGroupDto, AdmissionIssue, AdmissionResponse } from "@/lib/contracts/admission";
import type { MomentQuery } from "@/lib/contracts/words";
import { findControl } from "@/lib/controls/registry";
import { tallyParts } from "@/lib/format/admission-titles";
import { formatCount } from "@/lib/format/numbers";
import { ADMISSION_GROUPS, type AdmissionGroup, type AdmissionPart, admissionPartsView } from "@/lib/inventory/admission/admission-parts";
import { SLICE_KINDS } from "@/lib/inventory/slices";
import type { KindCoverage } from "@/lib/model/coverage";
import { resourceKey } from "@/lib/model/resource-ref";
import { severityRank } from "@/lib/model/severity";
import { loadFindingRecords } from "@/lib/store/findings/finding-record";
import { type FailingFinding, listFailing } from "@/lib/store/findings/list-failing";
import { ADMISSION_LIMIT, loadAdmissionObjects } from "./admission-objects";
import { loadCatalogueAt } from "./catalogue-at";
import { findKindGap } from "./find-kind-gap";
import { type FilledReader, openFilledReader, toMoment } from "./open-reader";
import { readCoverage } from "./read-coverage";

/** More parts of one group than this are not listed. */
const PARTS = 100;

/** What can be wrong with the parts of a group, or with the group as a whole. */
const CONTROLS: Readonly<Record<AdmissionGroup, readonly string[]>> = {
  "pod-security": ["psa-enforce-missing", "psa-below-restricted", "psa-label-invalid", "rbac-namespace-write"],
  policies: ["admission-policy-absent", "admission-policy-audit-only"],
  images: ["image-provenance-unverified", "image-signature-verified", "image-registry-policy-enforced"],
  webhooks: ["webhook-fail-open", "webhook-bypassable", "webhook-backend-fragile", "rbac-admission-write"],
  plugins: ["apiserver-required-admission", "apiserver-recommended-admission"],
};

/** The kinds without which a group cannot be told. */
const NEEDS: Readonly<Record<AdmissionGroup, readonly string[]>> = {
  "pod-security": SLICE_KINDS.namespaces,
  policies: [...SLICE_KINDS.admissionPolicies, ...SLICE_KINDS.policyEngineObjects],
  images: [...SLICE_KINDS.policyEngineObjects, ...SLICE_KINDS.webhooks],
  webhooks: SLICE_KINDS.webhooks,
  plugins: ["Pod"],
};

/** Findings joined by control, the worst first; `linkOf` knows the public ids of those that are alone. */
function toIssues(findings: readonly FailingFinding[], linkOf: ReadonlyMap<number, string>): AdmissionIssue[] {
  const issues = [...Map.groupBy(findings, (finding) => finding.control)].map(([control, own]): AdmissionIssue => {
    const [worst] = own.map(({ severity }) => severity).sort((a, b) => severityRank(a) - severityRank(b));
    const [first] = own;
    return {
      control,
      title: findControl(control)?.title ?? control,
      severity: worst ?? "info",
      count: own.length,
      finding: own.length === 1 && first ? (linkOf.get(first.spanId) ?? null) : null,
    };
  });
  return issues.sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || (a.control < b.control ? -1 : 1));
}

interface Drafted {
  readonly key: AdmissionGroup;
  readonly notAssessed: AdmissionGroupDto["notAssessed"];
  readonly count: number;
  readonly tally: AdmissionGroupDto["tally"];
  readonly parts: readonly { readonly part: AdmissionPart; readonly findings: readonly FailingFinding[]; readonly isJudged: boolean }[];
  readonly others: readonly FailingFinding[];
}

/** What the controls of all groups came to. */
interface Judged {
  readonly isInForce: (control: string) => boolean;
  readonly failing: readonly FailingFinding[];
  readonly unknown: readonly FailingFinding[];
}

/** Findings go to the part that they are on; the others belong to the group as a whole. */
function draftGroups(all: readonly AdmissionPart[], coverage: readonly KindCoverage[], { isInForce, failing, unknown }: Judged): readonly Drafted[] {
  const parts = Map.groupBy(all, (part) => part.group);
  const byResource = Map.groupBy(failing, (finding) => finding.resourceKey);
  const listed = new Set(all.flatMap(({ object }) => (object ? [resourceKey(object)] : [])));
  return ADMISSION_GROUPS.map((key) => {
    const notAssessed = findKindGap(coverage, NEEDS[key]);
    // Without its objects, the API server's own part would say "none of none"; flags tell of image verification by themselves.
    const own = (parts.get(key) ?? []).filter((part) => notAssessed === null || part.object !== null || key === "images");
    const others = failing.filter((finding) => CONTROLS[key].includes(finding.control) && !listed.has(finding.resourceKey));
    // Pod Security has one part, the plugin: what is wrong with the labels of namespaces is wrong with it.
    const isWhole = key === "pod-security" && own.length > 0;
    const isAsked = CONTROLS[key].every(isInForce);
    const untold = unknown.filter((finding) => CONTROLS[key].includes(finding.control));
    const isJudged = ({ object }: AdmissionPart): boolean =>
      isAsked && (object ? untold.every((finding) => finding.resourceKey !== resourceKey(object)) : untold.length === 0);
    const findingsOf = ({ object }: AdmissionPart) => (object ? (byResource.get(resourceKey(object)) ?? []) : isWhole ? others : []);
    return {
      key,
      notAssessed,
      count: own.length,
      tally: tallyParts(own.map((part) => ({ ...part, lax: part.laxBecause, issues: findingsOf(part) }))),
      parts: own.slice(0, PARTS).map((part) => ({ part, findings: findingsOf(part), isJudged: isJudged(part) })),
      others: isWhole ? [] : others,
    };
  });
}

/** Public ids of the findings that are the only one of their control in their place: those are linked to directly. */
async function listLinks(reader: FilledReader, groups: readonly Drafted[]): Promise<ReadonlyMap<number, string>> {
  const places = groups.flatMap(({ parts, others }) => [...parts.map(({ findings }) => findings), others]);
  const alone = places.flatMap((findings) =>
    [...Map.groupBy(findings, (finding) => finding.control).values()].flatMap((own) => (own.length === 1 ? own.map(({ spanId }) => spanId) : [])),
  );
  const found = await loadFindingRecords(reader.pool, reader.cluster.id, alone, reader.at.seq);
  return new Map(found.map((record) => [record.spanId, record.publicId]));
}

/** What decides at admission, what it does, and what is wrong with it, at a moment. Throws not-found. */
export async function getAdmission(slug: string, query: MomentQuery): Promise<AdmissionResponse> {
  const reader = await openFilledReader(slug, query);
  const { pool, cluster, at } = reader;
  const controls = new Set(Object.values(CONTROLS).flat());
  const [coverage, context, { isInForce }, failing, unknown] = await Promise.all([
    readCoverage(pool, cluster.id, at),
    loadAdmissionObjects(reader),
    loadCatalogueAt(pool, at.catalogueVersion),
    listFailing(pool, cluster.id, at.seq, { controls }),
    listFailing(pool, cluster.id, at.seq, { controls, states: ["unknown"] }),
  ]);
  const moment = toMoment(reader);
  if (!context) {
    const reason = `This snapshot holds more than ${formatCount(ADMISSION_LIMIT)} namespaces, webhooks and policies: more than one page joins.`;
    return { moment, notAssessed: { reason, action: null }, groups: [] };
  }
  const drafted = draftGroups(context.view(admissionPartsView), coverage, { isInForce, failing, unknown });
  const linkOf = await listLinks(reader, drafted);
  const groups = drafted.map(
    ({ key, notAssessed, count, tally, parts, others }): AdmissionGroupDto => ({
      key,
      notAssessed,
      count,
      tally,
      parts: parts.map(({ part: { system, object, enforcement, does, laxBecause }, findings, isJudged }) => ({
        system,
        object,
        enforcement,
        does,
        lax: laxBecause,
        issues: toIssues(findings, linkOf),
        isJudged,
      })),
      issues: toIssues(others, linkOf),
    }),
  );
  return { moment, notAssessed: null, groups };
}
