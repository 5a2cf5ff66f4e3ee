import "server-only";
import { isRecord, type JsonRecord, record } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";
import { onlyTold } from "./only-told";

const optional = { optional: true };
const PARAMETERS = [["ingressclassparams", "IngressClassParams"]] as const;

/** Of how it went, only the TLS in effect is asked for. */
function withTlsInEffect(body: JsonRecord): JsonRecord {
  const { tlsProfile } = record(body.status);
  return isRecord(tlsProfile) ? { ...onlyTold(body), status: { tlsProfile } } : onlyTold(body);
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
  project: withTlsInEffect,
});
