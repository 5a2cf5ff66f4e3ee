import { routeTlsView } from "../../inventory/routes/route-tls";
import type { KubeObject } from "../../inventory/kube-object";
import { isRecord, list, record, text } from "../../model/json";
import { defineControl, notApplicable, type Outcome, unknown, type Weakness, weakness } from "../define";
import { kindsCommand, OTHER_KINDS, ROUTER_KINDS } from "../kinds-command";
import { remove, set } from "../remedies/ops";

const PLAIN_TOO = { severity: "low" as const };

function judgeRoute({ body }: KubeObject): Outcome {
  const { tls } = record(body.spec);
  if (!isRecord(tls)) return [weakness("spec.tls", undefined, "It asks for no TLS: the router serves it over plain HTTP alone.")];
  if (!text(tls.termination)) return unknown("Its TLS names no termination: the API server refuses such a Route.");
  if (tls.insecureEdgeTerminationPolicy !== "Allow") return [];
  return [weakness("spec.tls.insecureEdgeTerminationPolicy", "Allow", "Plain HTTP is served beside TLS.", PLAIN_TOO)];
}

function judgeHttpProxy({ body }: KubeObject): Outcome {
  const { virtualhost, routes } = record(body.spec);
  const insecure = list(routes).flatMap((route, index): Weakness[] =>
    record(route).permitInsecure === true
      ? [weakness(`spec.routes[${index}].permitInsecure`, true, "The route is served over plain HTTP beside TLS.", PLAIN_TOO)]
      : [],
  );
  if (!isRecord(virtualhost)) return insecure.length > 0 ? insecure : notApplicable("It is no host of its own: the HTTPProxy that includes it has the TLS.");
  if (isRecord(virtualhost.tls)) return insecure;
  const message = `${text(virtualhost.fqdn) ?? "Its host"} has no TLS: Contour serves it over plain HTTP alone.`;
  return [weakness("spec.virtualhost.tls", undefined, message)];
}

export default defineControl({
  id: "route-without-tls",
  layer: "code",
  severity: "medium",
  title: "Routes of Traefik, Istio, OpenShift and Contour are served with TLS",
  failure: "serves a host without TLS",
  why: "Without TLS anyone between the user and the cluster can read passwords and session cookies, and can change what the user is sent.",
  action: "Serve routes of other routers with TLS",
  fix: "Give the route its TLS (`spec.tls`, `spec.virtualhost.tls`, or `tls` of the server of a Gateway) with a certificate, and let plain HTTP only redirect.",
  verify: kindsCommand(ROUTER_KINDS),
  lookFor: `No \`tls\`, or one that lets plain HTTP in beside it. ${OTHER_KINDS} An IngressRoute without \`tls\` may have it from its entry points, which are arguments of Traefik.`,
  tips: ["S1", "S2"],
  frameworks: { nsa: ["EN"], mitre: ["T1557", "T1040"] },
  references: [
    "https://doc.traefik.io/traefik/reference/routing-configuration/http/tls/overview/",
    "https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/",
    "https://projectcontour.io/docs/main/config/tls-termination/",
  ],
  subject: "custom-route",
  reads: ["customRoutes"],
  extraReads: ["workloads", "routeGuards"],
  check: (route, context): Outcome => {
    if (route.ref.kind === "Route") return judgeRoute(route);
    if (route.ref.kind === "HTTPProxy") return judgeHttpProxy(route);
    const { plain, untold } = context.view(routeTlsView)(route);
    if (plain.length > 0) return plain.map(({ path, value, message }) => weakness(path, value, message));
    if (untold !== null) return unknown(untold);
    const isOpen = route.ref.kind === "Gateway" && !context.isComplete;
    return isOpen ? unknown("VirtualServices that are bound to it may be elsewhere: these manifests need not show them all.") : [];
  },
  remedy: ({ ref }, weaknesses) => {
    if (ref.kind === "HTTPProxy" && weaknesses.every(({ value }) => value === true))
      return { ops: weaknesses.map(({ path }) => remove(path)), risk: "may-break", note: "Contour redirects plain HTTP then." };
    if (ref.kind !== "Route") return null;
    const [policy] = weaknesses.filter(({ value }) => value === "Allow");
    if (policy) return { ops: [set(policy.path, "Redirect")], risk: "may-break" };
    const note = "The router serves it with its default certificate, and redirects plain HTTP.";
    return { ops: [set("spec.tls", { termination: "edge", insecureEdgeTerminationPolicy: "Redirect" })], risk: "may-break", note };
  },
});
