import { namespaceWorkloadsView } from "../../inventory/workloads/namespace-workloads";
import type { KubeObject } from "../../inventory/kube-object";
import { list, record } from "../../model/json";
import { defineControl, notApplicable, weakness } from "../define";
import { freeName } from "../remedies/free-name";

/** What bounds a namespace: pods, or CPU and memory. Quotas with scopes bound only some of its pods. */
function listBounds(quota: KubeObject): readonly string[] {
  const spec = record(quota.body.spec);
  const isScoped = list(spec.scopes).length > 0 || list(record(spec.scopeSelector).matchExpressions).length > 0;
  return isScoped ? [] : Object.keys(record(spec.hard));
}

function isBounded(bounds: ReadonlySet<string>): boolean {
  const hasAny = (resource: string) => [resource, `requests.${resource}`, `limits.${resource}`].some((key) => bounds.has(key));
  return bounds.has("pods") || bounds.has("count/pods") || (hasAny("cpu") && hasAny("memory"));
}

export default defineControl({
  id: "resourcequota-missing",
  layer: "cluster",
  severity: "low",
  title: "Namespaces have a quota on what they may use",
  failure: "has no ResourceQuota that bounds pods, or CPU and memory",
  why: "Without a quota, one namespace or one stolen deploy token can fill every node, with a miner's replicas or by accident.",
  action: "Add a ResourceQuota",
  fix: "Add a ResourceQuota with hard limits for `pods`, `requests.cpu`, `requests.memory` and `limits.memory`. Bound `services.loadbalancers` and `services.nodeports` too; a load balancer takes a node port for each of its ports. Pods without those requests and limits are then refused: first give the namespace a LimitRange with defaults.",
  verify:
    "kubectl get resourcequota -n NAMESPACE -o custom-columns='QUOTA:.metadata.name,HARD:.spec.hard,SCOPES:.spec.scopes,SELECTOR:.spec.scopeSelector.matchExpressions'",
  lookFor:
    "No quota, or none that bounds pods, or CPU and memory, under HARD. One with anything under SCOPES or SELECTOR does not count: it bounds only some of the pods.",
  tips: ["S2"],
  frameworks: { nsa: ["RP"], mitre: ["T1496", "T1499"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/policy/resource-quotas/"],
  subject: "namespace",
  reads: ["workloads", "resourceQuotas"],
  wholeCluster: "fail",
  check: (namespace, context) => {
    if (namespace.scope === "platform") return notApplicable("The namespace belongs to the platform.");
    if (!context.view(namespaceWorkloadsView).has(namespace.ref.name)) return notApplicable("Nothing runs in this namespace.");
    const quotas = context.slices.resourceQuotas.filter((quota) => quota.ref.namespace === namespace.ref.name);
    const bounds = new Set(quotas.flatMap(listBounds));
    if (isBounded(bounds)) return [];
    const message =
      quotas.length === 0 ? "No ResourceQuota bounds this namespace." : "Its quotas bound neither all its pods, nor the CPU and memory of them all.";
    return [weakness("", undefined, message)];
  },
  remedy: (namespace, _weaknesses, { slices }) => {
    const metadata = { name: freeName(slices.resourceQuotas, namespace.ref.name, "bounds"), namespace: namespace.ref.name };
    const hard = { pods: "50", "services.loadbalancers": "2" };
    const manifest = { apiVersion: "v1", kind: "ResourceQuota", metadata, spec: { hard } };
    return {
      ops: [],
      create: [manifest],
      risk: "may-break",
      note: "Set the figures from what the namespace uses now. Bounds on CPU and memory need requests and limits on every container.",
    };
  },
});
