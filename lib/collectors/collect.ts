import "server-only";
import pLimit from "p-limit";
import type { KubeVersion } from "@/lib/inventory/inventory";
import { discover } from "@/lib/kube/discover";
import { getServerVersion } from "@/lib/kube/get-server-version";
import type { KubeConnection } from "@/lib/kube/kube-connection";
import { isGap, type KindCoverage } from "@/lib/model/coverage";
import type { OptInSource } from "@/lib/model/opt-in-source";
import type { ServedKinds } from "@/lib/kube/served-kinds";
import type { CollectionSink } from "./collection-sink";
import type { Collector } from "./define-collector";
import { watchNodes } from "./listed-nodes";
import { listGroups, type PlannedList, planLists } from "./list-plan";
import { PATIENCE, type Patience, readPatiently } from "./patience";
import { readAnyVersion } from "./read-list";
import { readOptIn } from "./read-opt-in";
import { toAbsentCoverage, toFaultCoverage, toVanishedCoverage } from "./to-coverage";

/** How far the reading is. Counts only grow, but for the gaps: what one list did not give its copy may. */
export interface CollectProgress {
  /** Lists to read, and done with. */
  readonly kinds: number;
  readonly kindsDone: number;
  /** Of those done with, how many were asked for and could not be read. */
  readonly gaps: number;
  /** The kinds that are being read now. */
  readonly reading: readonly string[];
  readonly pages: number;
  readonly objects: number;
  /** Requests to the API server, retries included, and bytes of their answers. */
  readonly requests: number;
  readonly bytes: number;
}

export interface CollectOptions {
  readonly collectors: readonly Collector[];
  /** What this cluster's people asked for beside them; left out = nothing. */
  readonly optInSources?: readonly OptInSource[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CollectProgress) => void;
  /** Lists read at the same time; bulk lists are read one after the other among them. */
  readonly parallelLists?: number;
  readonly patience?: Patience;
}

export interface Collection {
  /** One entry per kind, in the order of the collectors, then one per opt-in source. */
  readonly coverage: readonly KindCoverage[];
}

/** First of all: does the cluster answer, and in which version. Throws AppError. */
export function connect(connection: KubeConnection, signal?: AbortSignal): Promise<KubeVersion | null> {
  return getServerVersion(connection, signal);
}

/**
 * Reads every kind of the collectors that the cluster serves. What cannot be read is coverage with a reason; throws AppError only for
 * what concerns the whole cluster, and the abort reason.
 */
export async function collect(connection: KubeConnection, given: CollectionSink, options: CollectOptions): Promise<Collection> {
  const { collectors, optInSources = [], signal, onProgress, parallelLists = 4, patience = PATIENCE } = options;
  const { sink, nodes } = watchNodes(given);
  using patient = readPatiently(connection, patience);
  const served = await patient.within<ServedKinds>(
    "discovery",
    (asked) => discover(asked, listGroups(collectors), signal),
    (given) => ({ kinds: [], faults: new Map([["*", given]]) }),
  );
  const plans = planLists(collectors, served);
  const reading = new Set<string>();
  const counts = { kindsDone: 0, gaps: 0, pages: 0, objects: 0 };
  const report = () => {
    const { requests, bytes } = connection.meter.counts();
    onProgress?.({ kinds: plans.length + optInSources.length, ...counts, reading: [...reading], requests, bytes });
  };
  const onStart = (kind: string): void => {
    reading.add(kind);
    report();
  };
  const done = new Map<PlannedList, KindCoverage>();
  const finish = (plan: PlannedList, entry: KindCoverage): KindCoverage => {
    done.set(plan, entry);
    counts.kindsDone += 1;
    counts.gaps = withoutTwice(plans, done).filter((list) => isGap(list.entry)).length;
    report();
    return entry;
  };

  const bulk = pLimit(1);
  const all = pLimit(Math.max(parallelLists, 2));
  const run = async (plan: PlannedList): Promise<KindCoverage> => {
    const { served: target, fault } = plan;
    if (!target) return finish(plan, fault ? toFaultCoverage(plan, fault) : toAbsentCoverage(plan));
    const means = {
      sink,
      hasCopy: plans.some((other) => findOriginal(other, plans)?.kind === plan.kind),
      ...(signal ? { signal } : {}),
      onStart,
      onPage: (objects: number) => {
        counts.pages += 1;
        counts.objects += objects;
        report();
      },
      onEnd: (kind: string) => void reading.delete(kind),
    };
    const read = async (asked: KubeConnection): Promise<KindCoverage> => {
      const entry = await readAnyVersion(plan, target, { ...means, connection: asked });
      const isGuess = served.faults.has("*");
      return entry.status === "absent" && !isGuess ? toVanishedCoverage(plan) : entry;
    };
    return finish(plan, await patient.within(target.group, read, (given) => toFaultCoverage(plan, given)));
  };
  const runs = new Map<PlannedList, Promise<KindCoverage>>();
  for (const plan of plans) {
    const original = runs.get(findOriginal(plan, plans) ?? plan);
    const start = () => (plan.collector.isBulk ? bulk(() => all(() => run(plan))) : all(() => run(plan)));
    runs.set(plan, original ? original.then((entry) => (entry.status === "read" ? finish(plan, toAbsentCoverage(plan)) : start())) : start());
  }
  await Promise.all(runs.values());
  const entries = withoutTwice(plans, done);
  mark(sink, entries);
  const optIn = await readOptIn(optInSources, {
    patient,
    sink,
    nodes: nodes(),
    ...(signal ? { signal } : {}),
    onStart,
    onEnd: (entry) => {
      reading.delete(entry.kind);
      counts.kindsDone += 1;
      if (isGap(entry)) counts.gaps += 1;
      report();
    },
  });
  return { coverage: [...entries.map(({ entry }) => entry), ...optIn] };
}

/** The list that has the same objects, and is asked first. */
function findOriginal({ kind }: PlannedList, plans: readonly PlannedList[]): PlannedList | undefined {
  return kind.copyOf === undefined ? undefined : plans.find((other) => other.kind.group === kind.copyOf && other.kind.resource === kind.resource);
}

interface ReadList {
  readonly plan: PlannedList;
  readonly entry: KindCoverage;
}

/**
 * Of two lists of the same objects only one counts where that one was read: the copy is not asked for then, or it was read in place of an
 * original whose server is down. An original that is refused may be stored apart from what is left of the copy.
 */
function withoutTwice(plans: readonly PlannedList[], done: ReadonlyMap<PlannedList, KindCoverage>): readonly ReadList[] {
  const lists = plans.flatMap((plan): ReadList[] => {
    const entry = done.get(plan);
    return entry ? [{ plan, entry }] : [];
  });
  const statusOf = new Map(lists.map(({ plan, entry }) => [plan, entry.status]));
  const isDown = (plan: PlannedList): boolean => statusOf.get(plan) === "failed" || statusOf.get(plan) === "timeout";
  const left = new Set(
    plans.flatMap((copy) => {
      const original = findOriginal(copy, plans);
      if (!original) return [];
      if (statusOf.get(original) === "read") return [copy];
      return statusOf.get(copy) === "read" && isDown(original) ? [original] : [];
    }),
  );
  return lists.filter(({ plan }) => !left.has(plan));
}

/** Several lists can make up one kind: it was read when none of them failed. */
function mark(sink: CollectionSink, lists: readonly ReadList[]): void {
  const missing = new Map<string, string>();
  for (const { plan, entry } of lists) {
    const { kind } = plan;
    const isThere = entry.status === "read" || (entry.status === "absent" && kind.optional === true);
    if (!isThere) missing.set(kind.sliceKind ?? kind.kind, entry.reason ?? "");
  }
  for (const { kind } of lists.map(({ plan }) => plan)) {
    const name = kind.sliceKind ?? kind.kind;
    const reason = missing.get(name);
    if (reason === undefined) sink.markRead(name);
    else sink.markMissing(name, reason);
  }
}
