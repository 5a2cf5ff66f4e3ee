import type { JsonRecord } from "../../model/json";

const DNS = {
  to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};

/** Lets the pods of a namespace resolve names. */
export const ALLOW_DNS = [DNS];
/** Where names are resolved elsewhere, that rule alone stops it. */
export const DNS_NOTE =
  "The rule for names is for a DNS in kube-system: change it for a cache on the node (169.254.20.10), or for OpenShift (openshift-dns, port 5353).";
/** Pods of the same namespace. */
export const SAME_NAMESPACE = { podSelector: {} };

export function networkPolicy(name: string, namespace: string, spec: JsonRecord): JsonRecord {
  return { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name, namespace }, spec };
}
