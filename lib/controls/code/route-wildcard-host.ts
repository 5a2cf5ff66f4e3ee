import type { KubeObject } from "../../inventory/kube-object";
import { listRouters } from "../../inventory/routes/openshift-routes";
import { findHostReach } from "../../inventory/routes/traefik-match";
import { wideRoutesView } from "../../inventory/routes/wide-routes";
import { isRecord, list, record, text } from "../../model/json";
import { defineControl, notApplicable, type Outcome, unknown, type Weakness, weakness } from "../define";
import { kindsCommand, OTHER_KINDS, ROUTER_KINDS } from "../kinds-command";

const ANY = "The rule answers for every name.";

function judgeIngressRoute({ body }: KubeObject): Outcome {
  const rules = list(record(body.spec).routes).map((item, index) => {
    const { match } = record(item);
    return { match, path: `spec.routes[${index}].match`, reach: findHostReach(text(match) ?? "") };
  });
  const wide = rules.flatMap(({ match, path, reach }): Weakness[] =>
    reach === "any" || reach === "pattern" ? [weakness(path, match, reach === "any" ? ANY : "The rule answers for every name that fits a pattern.")] : [],
  );
  const unclear = rules.find(({ reach }) => reach === null);
  return wide.length === 0 && unclear ? unknown(`Which hosts ${unclear.path} is for cannot be read.`) : wide;
}

function judgeRoute(route: KubeObject): Outcome {
  const { wildcardPolicy, host } = record(route.body.spec);
  if (wildcardPolicy !== "Subdomain") return [];
  if (listRouters(route)?.length === 0) return notApplicable("No router takes it.");
  const under = (text(host) ?? "").split(".").slice(1).join(".");
  return [
    weakness("spec.wildcardPolicy", wildcardPolicy, under === "" ? "It answers for every name of its domain." : `It answers for every name under ${under}.`),
  ];
}

function judgeHttpProxy({ body }: KubeObject): Outcome {
  const { virtualhost } = record(body.spec);
  if (!isRecord(virtualhost)) return notApplicable("It is no host of its own: the HTTPProxy that includes it names one.");
  const fqdn = text(virtualhost.fqdn) ?? "";
  return fqdn.startsWith("*.") ? [weakness("spec.virtualhost.fqdn", fqdn, `It answers for every name under ${fqdn.slice(2)}.`)] : [];
}

export default defineControl({
  id: "route-wildcard-host",
  layer: "code",
  severity: "low",
  title: "Routes of Traefik, Istio, OpenShift and Contour name their host",
  failure: "answers for hosts that it does not name",
  why: "A route without a host, or with a pattern for one, receives requests for names that nobody has thought of, those of another tenant among them.",
  action: "Name the hosts of routes of other routers",
  fix: "Name each host: `Host(...)` in each rule of an IngressRoute, `hosts` of a VirtualService or of its Gateway, `host` of a Route, `fqdn` of an HTTPProxy.",
  verify: `${kindsCommand(ROUTER_KINDS)}; kubectl get virtualservices.networking.istio.io -A`,
  lookFor: `A \`match\` without \`Host\`, or with \`HostRegexp\`; \`wildcardPolicy: Subdomain\`; a star in \`fqdn\`; a star in \`hosts\` of a Gateway, and in HOSTS of a VirtualService that names it. ${OTHER_KINDS}`,
  tips: ["S2"],
  frameworks: { mitre: ["T1557"] },
  references: [
    "https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/",
    "https://istio.io/latest/docs/reference/config/networking/virtual-service/",
    "https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/ingress_and_load_balancing/routes",
  ],
  subject: "custom-route",
  reads: ["customRoutes"],
  check: (route, context): Outcome => {
    if (route.ref.kind === "IngressRoute") return judgeIngressRoute(route);
    if (route.ref.kind === "Route") return judgeRoute(route);
    if (route.ref.kind === "HTTPProxy") return judgeHttpProxy(route);
    const wide = context.view(wideRoutesView)(route);
    if (wide.length > 0)
      return wide.map(({ route: { ref }, host }) => {
        const names = host === "*" ? "every name" : `every name under ${host.slice(2)}`;
        return weakness("spec.hosts", host, `VirtualService ${ref.namespace}/${ref.name} answers for ${names} here.`, { object: ref });
      });
    const unread = context.listUnread("customRoutes").find(({ kind }) => kind === "VirtualService");
    if (unread) return unknown(`Whether VirtualServices answer for every name there was not read: ${unread.reason}`);
    return context.isComplete ? [] : unknown("VirtualServices that are bound to it may be elsewhere: these manifests need not show them all.");
  },
  remedy: null,
});
