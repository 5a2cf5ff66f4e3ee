import { limitRangeDefaults } from "../../inventory/workloads/limit-range-defaults";
import { namespaceWorkloadsView } from "../../inventory/workloads/namespace-workloads";
import { isAmountSet } from "../../inventory/values/quantity";
import type { PodView, Workload } from "../../inventory/workloads/workload";
import { defineWorkloadFact } from "../../inventory/workloads/workload-fact";
import { dig } from "../../model/json";
import { defineControl, notApplicable, weakness } from "../define";
import { freeName } from "../remedies/free-name";

function limitsItsMemory(pod: PodView): boolean {
  const isPodLimited = isAmountSet(dig(pod.spec.resources, "limits", "memory"));
  const containers = pod.containers.filter((container) => container.list !== "ephemeralContainers");
  return isPodLimited || containers.every((container) => isAmountSet(dig(container.spec.resources, "limits", "memory")));
}

/** Workloads some container of which has no memory limit. */
const unlimitedView = defineWorkloadFact({
  start: () => new Set<Workload>(),
  add: (unlimited, workload, pods) => {
    if (!pods.every(limitsItsMemory)) unlimited.add(workload);
  },
});

export default defineControl({
  id: "limitrange-missing",
  layer: "cluster",
  severity: "low",
  title: "Namespaces give containers a default memory limit",
  failure: "has no LimitRange with a memory limit for containers",
  why: "A container without limits can take all that its node has: one memory leak is enough to get its neighbours evicted.",
  action: "Add a LimitRange with a memory limit",
  fix: "Add a LimitRange with `default` and `defaultRequest` for memory and CPU, and a `max` that no container of this namespace needs to exceed. It applies to pods created from then on: a default that is too low gets them killed.",
  verify: "kubectl describe limitrange -n NAMESPACE",
  lookFor: "No line for the memory of a container with a default limit. Where every container sets a limit of its own, no LimitRange is needed.",
  tips: ["S2"],
  frameworks: { nsa: ["RP"], mitre: ["T1499"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/policy/limit-range/"],
  subject: "namespace",
  reads: ["workloads", "limitRanges"],
  wholeCluster: "fail",
  check: (namespace, context) => {
    if (namespace.scope === "platform") return notApplicable("The namespace belongs to the platform.");
    const workloads = context.view(namespaceWorkloadsView).get(namespace.ref.name) ?? [];
    if (workloads.length === 0) return notApplicable("Nothing runs in this namespace.");
    if (isAmountSet(context.view(limitRangeDefaults).get(namespace.ref.name)?.limits.memory)) return [];
    const missing = weakness("", undefined, "No LimitRange gives containers a memory limit.");
    const unlimited = context.view(unlimitedView);
    if (!workloads.some((workload) => unlimited.has(workload))) {
      return { state: "pass", notes: [{ ...missing, message: "No LimitRange gives containers a memory limit, but every container here sets its own." }] };
    }
    return [missing];
  },
  remedy: (namespace, _weaknesses, context) => {
    // Which of two defaults the API server takes is not said: one of zero has to go.
    if (context.view(limitRangeDefaults).get(namespace.ref.name)?.limits.memory !== undefined) return null;
    const metadata = { name: freeName(context.slices.limitRanges, namespace.ref.name, "container-defaults"), namespace: namespace.ref.name };
    const limits = [{ type: "Container", default: { cpu: "500m", memory: "512Mi" }, defaultRequest: { cpu: "100m", memory: "128Mi" } }];
    const manifest = { apiVersion: "v1", kind: "LimitRange", metadata, spec: { limits } };
    return {
      ops: [],
      create: [manifest],
      risk: "may-break",
      note: "Applies to pods made from now on. Look at their use first: a container above the default limit is killed.",
    };
  },
});
