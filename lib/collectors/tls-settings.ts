import "server-only";
import { isRecord, type JsonRecord, record } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";

const optional = { optional: true };
const PARAMETERS = [["ingressclassparams", "IngressClassParams"]] as const;

/** How it went is written anew all the time; of that, only the TLS in effect is asked for. */
function withoutOutcome({ apiVersion, kind, metadata, spec, status }: JsonRecord): JsonRecord {
  const { tlsProfile } = record(status);
  const kept = { apiVersion, kind, ...(isRecord(metadata) && { metadata }), ...(isRecord(spec) && { spec }) };
  return isRecord(tlsProfile) ? { ...kept, status: { tlsProfile } } : kept;
}

/** What says which versions of TLS load balancers and routers accept, in kinds that are for their settings alone. */
export const tlsSettingsCollector = defineCollector({
  id: "tls-settings",
  kinds: [
    ...kindsOf("gateway.envoyproxy.io", ["v1alpha1"], [["clienttrafficpolicies", "ClientTrafficPolicy"]], optional),
    ...kindsOf("operator.openshift.io", ["v1"], [["ingresscontrollers", "IngressController"]], optional),
    ...kindsOf("elbv2.k8s.aws", ["v1beta1"], PARAMETERS, optional),
    ...kindsOf("eks.amazonaws.com", ["v1"], PARAMETERS, optional),
  ],
  project: withoutOutcome,
});
