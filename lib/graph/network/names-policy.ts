import type { KubeObject } from "../../inventory/kube-object";
import { type JsonRecord, list, record, records } from "../../model/json";

/** Of GKE, which enforces it by Cilium: https://cloud.google.com/kubernetes-engine/docs/how-to/fqdn-network-policies. */
export function isNamesPolicy({ ref }: KubeObject): boolean {
  return ref.kind === "FQDNNetworkPolicy" && ref.apiVersion.startsWith("networking.gke.io/");
}

/** Whoever asks for names must reach a server of them, and by what rule GKE lets that through is not written down: a Service cannot be told. */
const TO_NAME_SERVERS = { toServices: [{}], toPorts: [{ ports: [{ port: "53" }] }] };

/**
 * The same in the words of Cilium: it closes the way out of its pods to all but some names. None where the object is of an add-on that had kind and group
 * before GKE did: it writes a NetworkPolicy of the same name for each, and that one is what counts.
 */
export function listNamesSpecs(body: JsonRecord): readonly JsonRecord[] {
  const { podSelector, egress } = record(body.spec);
  if (!records(egress).some(({ matches }) => matches !== undefined)) return [];
  const rules = records(egress).map(({ matches, ports }) => ({
    toFQDNs: list(matches),
    ...(list(ports).length > 0 && { toPorts: [{ ports: records(ports).map(({ protocol, port }) => ({ protocol: protocol ?? "TCP", port: port ?? "0" })) }] }),
  }));
  return [{ endpointSelector: record(podSelector), egress: [...rules, TO_NAME_SERVERS] }];
}
