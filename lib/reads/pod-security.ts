import "server-only";
import type { ListPodSecurityQuery, ListPodSecurityResponse, PodSecurityQuery, PodSecurityResponse, PodSecurityRow } from "@/lib/contracts/pod-security";
import { AppError } from "@/lib/errors/app-error";
import { formatCount } from "@/lib/format/numbers";
import { joinWords } from "@/lib/model/join-words";
import { parseKubeVersion } from "@/lib/inventory/values/kube-version";
import { admissionFileView } from "@/lib/inventory/admission/admission-plugins";
import { podSecurityOffView } from "@/lib/inventory/admission/pod-security-labels";
import type { SliceName } from "@/lib/inventory/slices";
import type { Context } from "@/lib/inventory/view";
import { isOutermost, WORKLOAD_KINDS } from "@/lib/inventory/workloads/workload-kind";
import { isGap, type KindCoverage } from "@/lib/model/coverage";
import { policyMinor } from "@/lib/pod-security/policy-version";
import { ADMISSION_LIMIT, loadAdmissionObjects } from "./admission-objects";
import { listPodSecurityBlockers } from "./list-pod-security-blockers";
import { mapInSteps } from "./in-steps";
import { type FilledReader, openFilledReader, toMoment } from "./open-reader";
import { loadStandings, toPodSecurityRow } from "./pod-security-standings";
import { readCoverage } from "./read-coverage";

const PAGE = 200;
const NEEDED: readonly string[] = ["Namespace", ...WORKLOAD_KINDS.filter((kind) => !isOutermost(kind))];
const ENOUGH_WITHOUT: readonly string[] = WORKLOAD_KINDS.filter(isOutermost);

type Frame = Omit<ListPodSecurityResponse, "counts" | "rows" | "nextAfter" | "commands">;

function findGap(coverage: readonly KindCoverage[], kinds: readonly string[]): Frame["notAssessed"] {
  const gaps = coverage.filter((entry) => isGap(entry) && kinds.includes(entry.kind));
  const [first] = gaps;
  if (first === undefined) return null;
  const names = joinWords(gaps.map(({ kind }) => kind));
  return { reason: `${names} objects could not be read in this snapshot. ${first.reason ?? ""}`.trim(), action: first.action ?? null };
}

interface Read {
  readonly frame: Frame;
  readonly rows: readonly PodSecurityRow[];
}

async function readRows(reader: FilledReader): Promise<Read> {
  const version = parseKubeVersion(reader.at.kubeVersion ?? "");
  const [coverage, context, standings] = await Promise.all([
    readCoverage(reader.pool, reader.cluster.id, reader.at),
    loadAdmissionObjects(reader),
    loadStandings(reader),
  ]);
  const tooMany = { reason: `This snapshot holds more than ${formatCount(ADMISSION_LIMIT)} namespaces and policies: more than one page joins.`, action: null };
  const unjudged = { reason: "No workload was judged by both levels of the Pod Security Standards in this snapshot.", action: null };
  const gap = findGap(coverage, NEEDED) ?? (context ? null : tooMany);
  const unread = findGap(coverage, ENOUGH_WITHOUT);
  const notAssessed = gap ?? (standings.isJudged ? null : unjudged);
  return {
    frame: {
      moment: toMoment(reader),
      notAssessed,
      unread: notAssessed ? null : unread,
      policyVersion: `v1.${policyMinor(version)}`,
      isVersionKnown: version !== null,
      defaults: context?.view(admissionFileView) ?? null,
      off: context?.view(podSecurityOffView) ?? null,
      servesPodSecurityPolicy: version !== null && version.major === 1 && version.minor < 25,
    },
    rows: notAssessed || !context ? [] : await listRows(context, standings, unread === null),
  };
}

async function listRows(
  context: Context<SliceName>,
  standings: Awaited<ReturnType<typeof loadStandings>>,
  isWhole: boolean,
): Promise<readonly PodSecurityRow[]> {
  const rows = await mapInSteps(context.slices.namespaces, (namespace) => toPodSecurityRow(namespace, standings, context, isWhole));
  return rows.toSorted((a, b) => Number(a.scope === "platform") - Number(b.scope === "platform") || (a.namespace < b.namespace ? -1 : 1));
}

const SHOWN: Readonly<Record<NonNullable<ListPodSecurityQuery["show"]>, (row: PodSecurityRow) => boolean>> = {
  all: () => true,
  step: (row) => row.step !== null,
  blocked: (row) => row.blocked !== null,
  overreach: (row) => row.overreach > 0,
};

/** Which level each namespace could enforce today, and which it enforces, at a moment. Throws not-found and bad-request. */
export async function listPodSecurity(slug: string, query: ListPodSecurityQuery): Promise<ListPodSecurityResponse> {
  const { frame, rows } = await readRows(await openFilledReader(slug, query));
  const wanted = rows.filter(SHOWN[query.show ?? "all"]);
  const start = query.after === undefined ? 0 : wanted.findIndex((row) => row.namespace === query.after) + 1;
  if (query.after !== undefined && start === 0) throw new AppError("bad-request", `after=${query.after} is no namespace of this list.`);
  const page = wanted.slice(start, start + (query.limit ?? PAGE));
  const count = (isCounted: (row: PodSecurityRow) => boolean): number => rows.filter(isCounted).length;
  return {
    ...frame,
    counts: {
      all: rows.length,
      step: count(SHOWN.step),
      blocked: count(SHOWN.blocked),
      overreach: count(SHOWN.overreach),
      enforcing: count((row) => row.labels.enforce.acts !== "privileged"),
    },
    rows: page,
    nextAfter: start + page.length < wanted.length ? (page.at(-1)?.namespace ?? null) : null,
    commands: rows.flatMap((row) => (row.command !== null && row.scope === "workload" ? [row.command] : [])),
  };
}

/** One namespace, with each field that stands in the way of a level. Throws not-found. */
export async function getPodSecurity(slug: string, namespace: string, query: PodSecurityQuery): Promise<PodSecurityResponse> {
  const reader = await openFilledReader(slug, query);
  const { frame, rows } = await readRows(reader);
  if (frame.notAssessed) return { ...frame, row: null, baseline: [], restricted: [], next: { baseline: null, restricted: null } };
  const row = rows.find((one) => one.namespace === namespace);
  if (!row) throw new AppError("not-found", `${reader.cluster.name} has no namespace ${namespace} in this snapshot.`);
  return { ...frame, row, ...(await listPodSecurityBlockers(reader, namespace, query)) };
}
