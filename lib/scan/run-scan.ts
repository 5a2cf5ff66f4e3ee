import "server-only";
import type { Pool } from "pg";
import { ALL_COLLECTORS } from "@/lib/collectors/all-collectors";
import { collect, connect } from "@/lib/collectors/collect";
import type { Patience } from "@/lib/collectors/patience";
import { toClusterCatalogue } from "@/lib/controls/cluster-catalogue";
import type { AnyControl } from "@/lib/controls/define";
import { judge } from "@/lib/engine/judge";
import { findMissingSubjects } from "@/lib/engine/subjects";
import { AppError } from "@/lib/errors/app-error";
import { unansweredView } from "@/lib/inventory/admission/unheard-webhooks";
import { createContext } from "@/lib/inventory/context";
import type { Inventory } from "@/lib/inventory/inventory";
import { itemsOf } from "@/lib/inventory/slices";
import type { KubeConnection, RequestLimits } from "@/lib/kube/kube-connection";
import { isGap, type KindCoverage } from "@/lib/model/coverage";
import { carryForward, createTallyCounter } from "@/lib/scoring/tally";
import { saveCatalogue } from "@/lib/store/catalogues";
import { PLATFORM_RULES } from "@/lib/inventory/platform-scope";
import { saveScopeSettings } from "@/lib/store/scope-settings";
import { commitSnapshot } from "@/lib/store/commit-snapshot";
import type { ResourceInput, SnapshotOutcome, StaleFinding, VerdictInput } from "@/lib/store/commit/commit-input";
import { requireSameCluster } from "./cluster-identity";
import { toControlRules } from "./control-rules";
import { type CoveredBefore, findCoveredElsewhere } from "./covered-elsewhere";
import { distributionAt } from "./distribution-at";
import { createInventorySink } from "./inventory-sink";
import { createCoverageAt, loadLastKnown } from "./last-known";
import type { ScanJob, ScanResult } from "./scan-job";
import { NO_WORK, type ScanWork } from "./scan-work";
import { readAhead } from "./read-ahead";
import { findReturnedKinds } from "./returned-kinds";
import { createSettingsSince } from "./settings-since";
import { watchStandstill } from "./standstill";
import { listStaleKinds } from "./stale-kinds";
import { toResourcePages } from "./to-resource-inputs";
import { toSnapshotInstant } from "./snapshot-instant";
import { toScopeHash, toScopeSettings } from "./to-scope-hash";
import { toSettingsEntries } from "./to-settings-entries";
import { toTallyInputs } from "./to-tally-inputs";
import { toVerdictInput } from "./to-verdict-input";
import { createUnfixed } from "./unfixed";
import { findWithheld, withholdPasses } from "./withheld-passes";

export interface ScanMeans {
  readonly connection: KubeConnection;
  readonly pool: Pool;
  readonly now: () => Date;
  readonly signal?: AbortSignal;
  readonly onWork?: (work: ScanWork) => void;
  readonly patience?: Patience;
  readonly clock?: () => number;
}

/** What is known once the cluster was read. */
interface Seen {
  readonly inventory: Inventory;
  readonly coverage: readonly KindCoverage[];
  readonly returnedKinds: ReadonlyMap<string, number | null>;
  readonly coveredElsewhere: CoveredBefore;
}

/** Little at a time, so that what the database waits for is made before more is judged. */
const VERDICT_PAGE = 25;
/** Pages that may wait for the database: 60,000 findings, some 40 MB. */
const VERDICTS_AHEAD = 2_400;
const RESOURCES_AHEAD = 6;

/** A server that does not answer at all, or asks to wait again and again, is given up before other clusters have waited long for their turn. */
const FIRST_CONTACT: RequestLimits = { timeoutMs: 15_000, attempts: 5, againWithinMs: 35_000 };

function atFirstContact(connection: KubeConnection): KubeConnection {
  return { ...connection, get: (path, options) => connection.get(path, { ...options, limits: FIRST_CONTACT }) };
}

/**
 * Collects, judges and stores one snapshot of a cluster. Throws AppError for what concerns the whole cluster or the database, and the
 * abort reason; then nothing is stored.
 */
export async function runScan(job: ScanJob, { connection, pool, now, signal, onWork, patience, clock }: ScanMeans): Promise<ScanResult> {
  const [startedAt, startedAtMs] = [now(), performance.now()];
  using standstill = watchStandstill(clock);
  let work: ScanWork = NO_WORK;
  const report = (change: Partial<ScanWork>) => {
    work = { ...work, ...change };
    onWork?.(work);
  };
  report({});
  const first = atFirstContact(connection);
  const kubeVersion = await connect(first, signal);
  if (job.identity) await requireSameCluster(first, job.identity, signal);
  report({ phase: "reading" });
  const catalogue = toClusterCatalogue(job.settings, () => performance.now());
  const { controls } = catalogue;
  const inForce = new Map(controls.map((control) => [control.id, control]));
  const findInForce = (id: string): AnyControl | null => inForce.get(id) ?? null;
  const last = await loadLastKnown(pool, job.clusterId, findInForce);
  const sink = createInventorySink({
    kubeVersion,
    observedAt: job.at ?? startedAt.toISOString(),
    settings: job.settings,
    distribution: distributionAt(last.snapshot?.facts),
  });
  const withheld = await findWithheld(pool, job.clusterId, { controls, asked: job.settings.optInSources, known: last.kinds });
  // Two servers may go on with one demo: whoever comes second has read what was missing before the first one stored it.
  if (job.at !== null && last.snapshot !== null && Date.parse(job.at) === last.snapshot.takenAt.getTime())
    throw new AppError("conflict", `Snapshot ${last.snapshot.seq} was filed under this day meanwhile, so nothing was stored.`);
  const takeInstant = () => toSnapshotInstant(job.at === null ? now() : new Date(job.at), last.snapshot);
  takeInstant(); // a clock that is wrong is told before anything is read
  const counter = createTallyCounter();
  const unfixed = createUnfixed(last.tallies);
  let seen: Seen | null = null;
  let unanswered: readonly string[] = [];
  const getSeen = (): Seen => {
    if (seen === null) throw new AppError("internal", "The cluster was judged before it was read.");
    return seen;
  };

  // The database loads what it knows while the cluster is read: the first page of resources waits for the end of the reading.
  async function* resourcePages(): AsyncGenerator<readonly ResourceInput[]> {
    const { coverage } = await reading;
    const inventory = sink.finish();
    const returnedKinds = await findReturnedKinds(pool, job.clusterId, coverage, last);
    const coveredElsewhere = await findCoveredElsewhere(pool, job.clusterId, { inventory, kept: sink.kept, controls, wereCovered: unfixed.wereCovered });
    seen = { inventory, coverage, returnedKinds, coveredElsewhere };
    // Nearly always null; it takes a while where it is not, and no transaction is open yet.
    if (last.snapshot !== null) await settingsChangeSince(last.snapshot.seq);
    verdicts.start();
    yield* readAhead(toResourcePages(inventory, sink.kept), RESOURCES_AHEAD);
  }

  function* verdictPages(): Generator<readonly VerdictInput[]> {
    report({ phase: "judging" });
    let page: VerdictInput[] = [];
    let verdicts = 0;
    const { inventory } = getSeen();
    const context = createContext(inventory);
    const finished = new Set(itemsOf(inventory.slices.workloads).flatMap(({ ref, isFinished }) => (isFinished ? ref : [])));
    for (const verdict of withholdPasses(judge(inventory, controls, undefined, context), withheld)) {
      counter.add(verdict);
      verdicts += 1;
      const input = toVerdictInput(verdict);
      if (input) page.push(input);
      unfixed.note(verdict, finished.has(verdict.resource));
      if (page.length < VERDICT_PAGE) continue;
      yield page;
      page = [];
      report({ verdicts });
    }
    // Asked here, so that what was made of the cluster to judge it is let go before all of it is stored.
    unanswered = [...context.view(unansweredView)];
    yield page;
    report({ phase: "storing", verdicts });
  }
  const verdicts = readAhead(verdictPages(), VERDICTS_AHEAD);

  const entries = toSettingsEntries(job.settings, catalogue);
  await saveCatalogue(pool, catalogue.version, entries);
  const settingsChangeSince = createSettingsSince(pool, job.clusterId, () => getSeen().inventory, entries, signal);
  const scopeHash = toScopeHash(job.settings);
  await saveScopeSettings(pool, job.clusterId, scopeHash, toScopeSettings(job.settings));
  const finish = (stale: readonly StaleFinding[]): SnapshotOutcome => {
    standstill.refuse();
    for (const { controlId, ...finding } of stale) counter.addStale({ ...finding, control: controlId });
    const { inventory, coverage } = getSeen();
    const unlisted = new Set(controls.flatMap(({ id, subject }) => (findMissingSubjects(subject, inventory) === null ? [] : id)));
    const tallies = carryForward(counter.tallies(), last.tallies, unlisted);
    return {
      takenAt: takeInstant(),
      durationMs: performance.now() - startedAtMs,
      // Counts change with every object and are kept with the snapshot, so that equal coverage is stored once.
      coverage: coverage.map(({ objects: _, ...entry }) => entry),
      facts: {
        ...countFacts(inventory, coverage),
        ...connection.meter.counts(),
        platformRules: job.settings.platformRules ?? PLATFORM_RULES,
        ...(inventory.distribution && { distribution: inventory.distribution }),
        unanswered,
      },
      tallies: toTallyInputs(tallies, counter.namespaceTallies()),
    };
  };
  const reading = collect(connection, sink, {
    collectors: ALL_COLLECTORS,
    optInSources: job.settings.optInSources,
    ...(signal ? { signal } : {}),
    ...(patience ? { patience } : {}),
    onProgress: report,
  });
  reading.catch(() => undefined); // told by the first page of resources
  const committed = await commitSnapshot(pool, {
    clusterId: job.clusterId,
    ...(job.scanId !== undefined && { scanId: job.scanId }),
    baseSeq: last.snapshot?.seq ?? 0,
    startedAt: job.at === null ? startedAt : new Date(job.at),
    trigger: job.trigger,
    kubeVersion: kubeVersion?.text ?? null,
    catalogueVersion: catalogue.version,
    ...toControlRules(findInForce, { coverageAt: createCoverageAt(pool, job.clusterId, last), wereCovered: unfixed.wereCovered, getSeen }),
    scopeHash,
    get staleKinds() {
      const { inventory, coverage } = getSeen();
      return listStaleKinds(inventory, coverage, last.kinds);
    },
    settingsChangeSince,
    get returnedKinds() {
      return getSeen().returnedKinds;
    },
    whyUnfixed: unfixed.why,
    resources: resourcePages(),
    verdicts,
    finish,
    ...(signal ? { signal } : {}),
  });
  return { seq: committed.seq, transitions: committed.transitions };
}

function countFacts({ slices }: Inventory, coverage: readonly KindCoverage[]) {
  const count = (slice: { readonly state: string; readonly items?: readonly unknown[] }) => slice.items?.length ?? 0;
  return {
    workloads: itemsOf(slices.workloads).length,
    namespaces: count(slices.namespaces),
    nodes: count(slices.nodes),
    objects: coverage.reduce((sum, entry) => sum + entry.objects, 0),
    /** In the order of the coverage. */
    objectsPerKind: coverage.map((entry) => entry.objects),
    gaps: coverage.filter(isGap).length,
  };
}
