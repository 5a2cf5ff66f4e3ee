import { record, records, text } from "../../model/json";
import type { KubeObject } from "../../inventory/kube-object";
import { defineControl, safe, unknown, type Weakness, weakness } from "../define";
import { remove, set } from "../remedies/ops";

const GRACE_MS = 3_600_000;

function findOutage(service: KubeObject, observedAt: string): Weakness[] {
  const conditions = records(record(service.body.status).conditions);
  const index = conditions.findIndex((item) => item.type === "Available" && item.status === "False");
  const since = text(conditions[index]?.lastTransitionTime) ?? "";
  if (index < 0 || !(Date.parse(observedAt) - Date.parse(since) > GRACE_MS)) return [];
  return [weakness(`status.conditions[${index}]`, "Available=False", `It has not answered since ${since}.`, { severity: "low" })];
}

export default defineControl({
  id: "apiservice-insecure",
  layer: "cluster",
  severity: "high",
  title: "Backends of aggregated APIs are available and verified with TLS",
  failure: "is served by a backend that is not verified with TLS, or not available",
  why: "The API server forwards requests to this backend together with the name of the user. Whoever can stand in for the backend answers for the API and learns what is asked.",
  action: "Verify the backends of aggregated APIs",
  fix: "Give the backend a certificate, set `spec.caBundle` (cert-manager can inject it), and remove `insecureSkipTLSVerify`, in this order: with a certificate that the bundle does not cover the API is gone. Where it is not available, look at the pods of its Service.",
  verify:
    "kubectl get apiservices -o custom-columns='NAME:.metadata.name,NAMESPACE:.spec.service.namespace,SERVICE:.spec.service.name,INSECURE:.spec.insecureSkipTLSVerify,AVAILABLE:.status.conditions[?(@.type==\"Available\")].status'",
  lookFor: "`true` under INSECURE, or `False` under AVAILABLE.",
  tips: ["S1"],
  frameworks: { nsa: ["EN", "CP"], mitre: ["T1557"], owasp: ["K07"] },
  references: [
    "https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/",
    "https://cert-manager.io/docs/concepts/ca-injector/",
  ],
  subject: "api-service",
  reads: ["services"],
  check: (api, { slices, observedAt, isComplete }) => {
    const spec = record(api.body.spec);
    const service = record(spec.service);
    const name = text(service.name);
    if (!name) return safe("The API server serves it itself.");
    const found = findOutage(api, observedAt);
    if (spec.insecureSkipTLSVerify === true) {
      const severity = spec.group === "metrics.k8s.io" ? "medium" : "high";
      found.push(weakness("spec.insecureSkipTLSVerify", true, `The certificate of ${text(service.namespace)}/${name} is not verified.`, { severity }));
    }
    const exists = slices.services.some((item) => item.ref.name === name && item.ref.namespace === (text(service.namespace) ?? "default"));
    if (!exists && isComplete)
      found.push(
        weakness("spec.service", `${text(service.namespace)}/${name}`, "The Service does not exist: whoever creates it answers for this API.", {
          severity: "medium",
        }),
      );
    if (found.length === 0 && !exists) return unknown(`Service ${text(service.namespace)}/${name}, which answers for it, is not among these manifests.`);
    return found;
  },
  remedy: (api, weaknesses) => {
    if (weaknesses.length !== 1 || weaknesses[0]?.path !== "spec.insecureSkipTLSVerify") return null;
    const service = record(record(api.body.spec).service);
    return {
      ops: [
        remove("spec.insecureSkipTLSVerify"),
        set('metadata.annotations["cert-manager.io/inject-ca-from"]', `${text(service.namespace)}/${text(service.name)}`),
      ],
      risk: "may-break",
      note: "The annotation lets cert-manager fill in spec.caBundle from a Certificate of that name, which the backend must serve. Without cert-manager set spec.caBundle yourself.",
    };
  },
});
