import type { KubeObject } from "../../inventory/kube-object";
import { isRecord, type JsonRecord, list, record, records, text } from "../../model/json";
import { routesOfListener } from "../../inventory/gateway-routes";
import { defineControl, notApplicable, type Weakness, weakness } from "../define";

function isRedirectToHttps(route: KubeObject): boolean {
  const rules = records(record(route.body.spec).rules);
  return (
    rules.length > 0 &&
    rules.every((rule) => {
      const filters = records(rule.filters);
      return (
        list(rule.backendRefs).length === 0 && filters.some((filter) => filter.type === "RequestRedirect" && record(filter.requestRedirect).scheme === "https")
      );
    })
  );
}

function hasCertificate(tls: JsonRecord): boolean {
  return list(tls.certificateRefs).length > 0 || (isRecord(tls.options) && Object.keys(tls.options).length > 0);
}

export default defineControl({
  id: "gateway-plaintext-listener",
  layer: "code",
  severity: "medium",
  title: "Gateway listeners serve TLS",
  failure: "serves routes in plain text",
  why: "Without TLS anyone between the user and the gateway can read passwords and session cookies, and can change what the user is sent.",
  fix: "Serve the routes on a listener with protocol HTTPS and certificateRefs, and let the HTTP listener only redirect to it.",
  verify: 'kubectl get gateways.gateway.networking.k8s.io NAME -n NAMESPACE -o jsonpath=\'{range .spec.listeners[*]}{.name}{"\\t"}{.protocol}{"\\n"}{end}\'',
  tips: ["S1", "S2"],
  frameworks: { nsa: ["EN"], mitre: ["T1557", "T1040"], owasp: ["K05"] },
  references: ["https://gateway-api.sigs.k8s.io/guides/tls/", "https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/"],
  aliases: ["gateway-tls"],
  subject: "gateway",
  reads: ["gateways"],
  check: (gateway, { slices }) => {
    const listeners = list(record(gateway.body.spec).listeners).map(record);
    if (listeners.length === 0) return notApplicable("It has no listener.");
    let opaque = 0;
    const found = listeners.flatMap((listener, index): Weakness[] => {
      const path = `spec.listeners[${index}]`;
      const name = text(listener.name) ?? String(index);
      const tls = record(listener.tls);
      const { protocol } = listener;
      if (protocol === "HTTPS" || protocol === "TLS") {
        if (tls.mode === "Passthrough" || hasCertificate(tls)) return [];
        return [weakness(`${path}.tls.certificateRefs`, undefined, `Listener ${name} names no certificate.`)];
      }
      if (protocol !== "HTTP" && !(protocol === "TCP" && listener.port === 443)) {
        opaque += 1;
        return [];
      }
      const routes = routesOfListener(slices.gateways, gateway, listener).filter((route) => !isRedirectToHttps(route));
      return routes.map((route) => weakness(`${path}.protocol`, protocol, `Listener ${name} serves ${route.ref.kind} ${route.ref.name} in plain text.`));
    });
    if (found.length > 0) return found;
    return opaque === listeners.length ? { state: "unknown", reason: "Its listeners pass on TCP or UDP; whether that is encrypted cannot be seen." } : [];
  },
  remedy: null,
});
