import type { KubeObject } from "../../inventory/kube-object";
import type { PodView, Workload } from "../../inventory/workloads/workload";
import type { Patch } from "../../model/patch";
import { freeName } from "./free-name";
import { ALLOW_DNS, DNS_NOTE, networkPolicy, SAME_NAMESPACE } from "./network-policy";

/** A policy by which pods reach names and pods of their namespace alone; null for pods without labels: it would select the whole namespace. */
export function isolateEgress(
  { ref }: Pick<Workload, "ref">,
  { labels }: Pick<PodView, "labels">,
  policies: readonly KubeObject[],
  note: string,
): Patch | null {
  if (Object.keys(labels).length === 0) return null;
  const namespace = ref.namespace ?? "default";
  const spec = { podSelector: { matchLabels: labels }, policyTypes: ["Egress"], egress: [...ALLOW_DNS, { to: [SAME_NAMESPACE] }] };
  return {
    ops: [],
    create: [networkPolicy(freeName(policies, namespace, `${ref.name}-egress`), namespace, spec)],
    risk: "may-break",
    note: `A start: only names and pods of the same namespace can be reached. ${DNS_NOTE} ${note}`,
  };
}
