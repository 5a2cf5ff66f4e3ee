import { record } from "../../model/json";
import { type ContainerDefaults, limitRangeDefaults } from "./limit-range-defaults";
import { isSinceMinor } from "../values/kube-version";
import { isAmountSet } from "../values/quantity";
import type { Context } from "../view";
import type { Container, PodView, Workload } from "./workload";

export type ResourceName = "cpu" | "memory" | "ephemeral-storage";

/** Where an effective amount comes from; null = there is none. */
type AmountSource = "container" | "pod" | "limit-range" | null;

/** Resources of the pod as a whole are on by default since then. */
const POD_LEVEL_SINCE = 34;

/** LimitRanges act when a pod is made: a live pod already carries what they gave, and one that is as its template says was there before them. */
function findDefaults(workload: Workload, pod: PodView, context: Context<"limitRanges">): ContainerDefaults | undefined {
  return pod.source === "template" && !workload.runsAsWritten ? context.view(limitRangeDefaults).get(workload.ref.namespace ?? "") : undefined;
}

/** Where the server takes the key for one that is set: nothing is filled in beside it, though its amount be zero. */
function isNamed(amounts: unknown, name: ResourceName): boolean {
  return Object.hasOwn(record(amounts), name) && record(amounts)[name] !== undefined;
}

/** Where a limit above zero comes from: the container, the pod as a whole since 1.34, or the defaults of its namespace; null = it has none. */
export function findLimit(name: ResourceName, container: Container, workload: Workload, pod: PodView, context: Context<"limitRanges">): AmountSource {
  const { limits } = record(container.spec.resources);
  if (isAmountSet(record(limits)[name])) return "container";
  if (isSinceMinor(context.kubeVersion, POD_LEVEL_SINCE) && isAmountSet(record(record(pod.spec.resources).limits)[name])) return "pod";
  return !isNamed(limits, name) && isAmountSet(findDefaults(workload, pod, context)?.limits[name]) ? "limit-range" : null;
}

/** What the server takes for the requests of a container: a limit without a request is the request as well. */
function requestsOf(container: Container, name: ResourceName): unknown {
  const { limits, requests } = record(container.spec.resources);
  return isNamed(requests, name) ? requests : limits;
}

/**
 * Whether the pod as a whole requests it. One that has resources of its own, and names no such request, gets the sum of what its containers request, though
 * it be zero; where none of them names any, its own limit.
 */
function isRequestedByPod(name: ResourceName, { spec, containers }: PodView): boolean {
  const { limits, requests } = record(spec.resources);
  if (isNamed(requests, name)) return isAmountSet(record(requests)[name]);
  if ([limits, requests].every((amounts) => Object.keys(record(amounts)).length === 0)) return false;
  const amounts = containers.flatMap((container) => (isNamed(requestsOf(container, name), name) ? [record(requestsOf(container, name))[name]] : []));
  return amounts.length > 0 ? amounts.some(isAmountSet) : isAmountSet(record(limits)[name]);
}

/** The same of a request, for which a limit of the container stands where none is named. */
export function findRequest(name: ResourceName, container: Container, workload: Workload, pod: PodView, context: Context<"limitRanges">): AmountSource {
  const amounts = requestsOf(container, name);
  if (isAmountSet(record(amounts)[name])) return "container";
  if (isSinceMinor(context.kubeVersion, POD_LEVEL_SINCE) && isRequestedByPod(name, pod)) return "pod";
  return !isNamed(amounts, name) && isAmountSet(findDefaults(workload, pod, context)?.requests[name]) ? "limit-range" : null;
}

/** A LimitRange gives it to new pods: those that run, and do not have it, were made before. */
export function comesTooLate(
  part: "limits" | "requests",
  name: ResourceName,
  container: Container,
  workload: Workload,
  context: Context<"limitRanges">,
): boolean {
  const { limits, requests } = record(container.spec.resources);
  if (!workload.runsAsWritten || isNamed(limits, name) || (part === "requests" && isNamed(requests, name))) return false;
  return isAmountSet(context.view(limitRangeDefaults).get(workload.ref.namespace ?? "")?.[part][name]);
}

/** App containers and sidecars: those that run as long as the pod does. */
export function listLastingContainers(pod: PodView): readonly Container[] {
  return pod.containers.filter((container) => container.list === "containers" || container.isSidecar);
}
