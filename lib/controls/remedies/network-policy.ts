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
/** Pods of the same namespace. */
export const SAME_NAMESPACE = { podSelector: {} };

export function networkPolicy(name: string, namespace: string, spec: JsonRecord): JsonRecord {
  return { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name, namespace }, spec };
}
