import "server-only";
import type { KubeConnection } from "@/lib/kube/kube-connection";
import { listPages } from "@/lib/kube/list-pages";
import { listPath, type ServedKind } from "@/lib/kube/served-kinds";
import type { KindCoverage } from "@/lib/model/coverage";
import type { JsonRecord } from "@/lib/model/json";
import type { CollectionSink } from "./collection-sink";
import type { PlannedList } from "./list-plan";
import { toAbsentCoverage, toFaultCoverage, toReadCoverage } from "./to-coverage";

interface ListReading {
  readonly connection: KubeConnection;
  readonly sink: CollectionSink;
  /** Another list has the same objects, and is read in place of this one where it fails. */
  readonly hasCopy: boolean;
  readonly signal?: AbortSignal;
  readonly onStart: (kind: string) => void;
  readonly onPage: (objects: number) => void;
  readonly onEnd: (kind: string) => void;
}

/** Reads a list in the first of the versions that it is served in that can be had. Throws AppError for what concerns the whole cluster, and the abort reason. */
export async function readAnyVersion(plan: PlannedList, target: ServedKind, reading: ListReading): Promise<KindCoverage> {
  const entry = await readList({ ...plan, served: target }, target, reading);
  const [next, ...others] = plan.others ?? [];
  if (!next || (entry.status !== "absent" && entry.status !== "failed")) return entry;
  const found = await readAnyVersion({ ...plan, others }, next, reading);
  const isTold = entry.status === "absent" && found.status !== "absent";
  return found.status === "read" || isTold ? found : entry;
}

async function readList(
  plan: PlannedList,
  target: ServedKind,
  { connection, sink, hasCopy, signal, onStart, onPage, onEnd }: ListReading,
): Promise<KindCoverage> {
  signal?.throwIfAborted();
  onStart(target.kind);
  const { project, isSkipped, withoutManagers = false } = plan.collector;
  const apiVersion = target.group === "" ? target.version : `${target.group}/${target.version}`;
  // What a list that breaks off gave would count beside its copy, under the names of another group.
  const held: JsonRecord[] | null = hasCopy ? [] : null;
  const take = (body: JsonRecord): void => void (held ? held.push(body) : sink.add(body));
  const result = await listPages(connection, {
    path: listPath(target),
    withoutManagers,
    ...(isSkipped ? { isSkipped } : {}),
    ...(signal ? { signal } : {}),
    onItem: (item) => {
      const body = { apiVersion, kind: target.kind, ...item };
      const kept = project ? project(body) : body;
      if (kept !== null) take(kept);
    },
    onPage,
  }).finally(() => onEnd(target.kind));
  if (result.ok) {
    for (const body of held ?? []) sink.add(body);
    return toReadCoverage(plan, result.objects);
  }
  return result.fault.status === "absent" ? toAbsentCoverage(plan) : toFaultCoverage(plan, result.fault);
}
