import type { KubeObject } from "../../inventory/kube-object";
import { defineView } from "../../inventory/view";
import type { Workload } from "../../inventory/workloads/workload";
import type { JsonRecord } from "../../model/json";
import { listServicePorts, type PolicyPort, serviceSelector } from "./service-ports";

/** Where pods resolve names. */
export interface ClusterDns {
  readonly service: KubeObject;
  readonly selector: JsonRecord;
  readonly ports: readonly PolicyPort[];
  /** Pods ask a cache on their node, which no selector reaches. */
  readonly hasNodeCache: boolean;
  /** That cache asks, or a pod in the network of its node. */
  readonly isAskedFromNodes: boolean;
}

function asksFromNode({ hostNetwork, views }: Workload): boolean {
  return hostNetwork !== "none" && views().some(({ spec }) => spec.dnsPolicy === "ClusterFirstWithHostNet");
}

const KNOWN = new Set(["kube-system/kube-dns", "kube-system/coredns", "openshift-dns/dns-default"]);

/** Null when no Service of a known name or label is there. */
export const clusterDnsView = defineView({
  reads: ["services", "workloads"],
  compute: ({ slices }): ClusterDns | null => {
    const hasNodeCache = slices.workloads.some(({ ref }) => ref.kind === "DaemonSet" && /^node-?local-?dns/.test(ref.name));
    const isAskedFromNodes = hasNodeCache || slices.workloads.some(asksFromNode);
    const found = slices.services.filter(({ ref, labels }) => KNOWN.has(`${ref.namespace}/${ref.name}`) || labels["k8s-app"] === "kube-dns");
    for (const service of found) {
      const selector = serviceSelector(service);
      const ports = listServicePorts(service).flatMap(({ port, target }) => (port === 53 ? [target] : []));
      if (selector && ports.length > 0) return { service, selector, ports, hasNodeCache, isAskedFromNodes };
    }
    return null;
  },
});
