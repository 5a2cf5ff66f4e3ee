import type { KubeObject } from "../../inventory/kube-object";
import { type JsonRecord, list, record, records, text } from "../../model/json";
import { listRouteBackends, routeAttachmentsView, untoldLabels } from "../../inventory/routes/gateway-routes";
import { type References, referencesView, resolutionOfListener, toTarget, untoldGrant } from "../../inventory/routes/reference-grants";
import { isAcmeAnswer } from "../acme-answer";
import { defineControl, type Outcome, safe, unknown, type Weakness, weakness } from "../define";

const UNUSABLE = new Set(["RefNotPermitted", "InvalidCertificateRef"]);

/** Why a listener that should serve TLS has nothing to serve it with; null = it has. What its controller says comes before what is written. */
function lacksCertificate(gateway: KubeObject, name: string, tls: JsonRecord, { isGranted }: References): string | null {
  const certificates = records(tls.certificateRefs).map((reference) => toTarget(gateway, reference, "Secret"));
  const resolution = resolutionOfListener(gateway, name);
  if (resolution?.isResolved === false && UNUSABLE.has(resolution.reason))
    return `Listener ${name} has no certificate to use: its controller says ${resolution.reason}.`;
  if (resolution?.isResolved && certificates.length > 0) return null;
  const [first] = certificates;
  // Options may name certificates of an implementation's own; those that are written here still have to be granted.
  if (first ? certificates.some((target) => isGranted(gateway, target)) : Object.keys(record(tls.options)).length > 0) return null;
  return first
    ? `Listener ${name} may not use its certificate: no ReferenceGrant in namespace ${first.namespace} allows ${first.kind} ${first.name}.`
    : `Listener ${name} names no certificate.`;
}

/** A certificate of another namespace, where nothing says whether this listener may use it, nor another that it may. */
function untoldCertificate(gateway: KubeObject, name: string, tls: JsonRecord, { isUntold }: References): string | null {
  if (tls.mode === "Passthrough" || resolutionOfListener(gateway, name)?.isResolved) return null;
  const certificates = records(tls.certificateRefs).map((reference) => toTarget(gateway, reference, "Secret"));
  const [first] = certificates;
  return first && certificates.every((target) => isUntold(gateway, target)) ? untoldGrant(first) : null;
}

/** Whether the gateway answers requests of a rule by itself, and not only to send them on to HTTPS, whatever else it does to these. */
function answers(rule: JsonRecord): boolean {
  const filters = records(rule.filters);
  const redirect = filters.find(({ type }) => type === "RequestRedirect");
  return redirect ? record(redirect.requestRedirect).scheme !== "https" : filters.some(({ type }) => type === "ExtensionRef");
}

/** Whether a route serves anything: a rule without a backend, or with one that another namespace has not granted, is answered with an error. */
function isServing(route: KubeObject, gateway: KubeObject, { isServed }: References): boolean {
  const isSent = listRouteBackends(route).some(({ ref, isIdle }) => !isIdle && isServed(route, toTarget(route, ref, "Service"), [gateway]));
  return isSent || records(record(route.body.spec).rules).some(answers);
}

export default defineControl({
  id: "gateway-plaintext-listener",
  layer: "code",
  severity: "medium",
  title: "Gateway listeners serve TLS",
  failure: "serves routes in plain text",
  why: "Without TLS anyone between the user and the gateway can read passwords and session cookies, and can change what the user is sent.",
  action: "Serve Gateway routes with TLS",
  fix: "Serve the routes on a listener with protocol HTTPS and certificateRefs, and let the HTTP listener only redirect to it.",
  verify:
    'kubectl get gateways.gateway.networking.k8s.io NAME -n NAMESPACE -o jsonpath=\'{range .spec.listeners[*]}{.name}{"\\t"}{.protocol}{"\\t"}{.tls.certificateRefs[*].namespace}{"\\t"}{.tls.certificateRefs[*].name}{"\\n"}{end}{range .status.listeners[*]}{.name}{"\\t"}{.conditions[?(@.type=="ResolvedRefs")].reason}{"\\n"}{end}\'; kubectl get httproutes,referencegrants -A',
  lookFor:
    "A listener with `HTTP` whose routes do more than redirect, or an HTTPS listener without a certificate, with one in another namespace that has no ReferenceGrant for it, or with another state than `ResolvedRefs`.",
  tips: ["S1", "S2"],
  frameworks: { nsa: ["EN"], mitre: ["T1557", "T1040"] },
  references: ["https://gateway-api.sigs.k8s.io/guides/user-guides/tls/", "https://gateway-api.sigs.k8s.io/guides/user-guides/http-redirect-rewrite/"],
  aliases: ["gateway-tls"],
  subject: "gateway",
  reads: ["gateways"],
  extraReads: ["namespaces"],
  check: (gateway, { view, isComplete }): Outcome => {
    const references = view(referencesView);
    const { routesOf, untoldRoutesOf } = view(routeAttachmentsView);
    const refused: Weakness[] = [];
    const listeners = list(record(gateway.body.spec).listeners).map(record);
    if (listeners.length === 0) return safe("It has no listener.");
    const bare: string[] = [];
    const elsewhere: string[] = [];
    let opaque: string | null = null;
    const found = listeners.flatMap((listener, index): Weakness[] => {
      const path = `spec.listeners[${index}]`;
      const name = text(listener.name) ?? String(index);
      const tls = record(listener.tls);
      const { protocol } = listener;
      if (protocol === "HTTPS" || protocol === "TLS") {
        const lack = tls.mode === "Passthrough" ? null : lacksCertificate(gateway, name, tls, references);
        const untold = lack === null ? untoldCertificate(gateway, name, tls, references) : null;
        if (untold !== null) elsewhere.push(untold);
        return lack === null ? [] : [weakness(`${path}.tls.certificateRefs`, tls.certificateRefs, lack)];
      }
      // Waypoints of Istio: each connection in it is encrypted.
      if (protocol === "HBONE") return [];
      if (protocol !== "HTTP" && !(protocol === "TCP" && listener.port === 443)) {
        opaque ??= `Listener ${name} passes on ${text(protocol) ?? "an unnamed protocol"}; whether that is encrypted cannot be seen.`;
        return [];
      }
      const routes = routesOf(gateway, listener).filter((route) => !isAcmeAnswer(route));
      const untold = untoldRoutesOf(gateway, listener);
      if (routes.length + untold.length === 0) bare.push(name);
      elsewhere.push(...untold.filter((route) => isServing(route, gateway, references)).map((route) => untoldLabels(`listener ${name}`, route)));
      return routes.flatMap((route): Weakness[] => {
        const named = `${route.ref.kind} ${route.ref.namespace}/${route.ref.name}`;
        if (isServing(route, gateway, references))
          return [weakness(`${path}.protocol`, protocol, `Listener ${name} serves ${route.ref.kind} ${route.ref.name} in plain text.`)];
        if (listRouteBackends(route).some(({ isIdle }) => !isIdle))
          refused.push(weakness(`${path}.protocol`, protocol, `${named} serves nothing: no ReferenceGrant allows what it names.`, { object: route.ref }));
        return [];
      });
    });
    if (found.length > 0) return found;
    if (elsewhere[0] !== undefined) return unknown(elsewhere[0]);
    if (bare.length > 0 && !isComplete) return unknown(`Routes for its plain listener ${bare[0]} may be elsewhere: these manifests show none.`);
    return opaque === null ? { state: "pass", notes: refused } : { state: "unknown", reason: opaque, notes: refused };
  },
  remedy: null,
});
