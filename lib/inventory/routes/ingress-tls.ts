import { type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { type ControllerFamily, findIngressController, ignores, type IngressController, isUsual } from "./ingress-controller";
import type { KubeObject } from "../kube-object";
import { type Context, defineView } from "../view";

/** Makes a router of Traefik one for TLS alone: it answers nothing over plain HTTP. */
export const TRAEFIK_TLS = "traefik.ingress.kubernetes.io/router.tls";

type IngressContext = Context<"ingresses" | "ingressClasses">;

/** Annotations by which a controller takes its certificate from elsewhere, with the names of those of no family that read it; null = an add-on reads it, whichever controller serves. */
const PROVIDER_CERTIFICATE: readonly (readonly [reader: ControllerFamily | RegExp | null, name: string, value: RegExp])[] = [
  ["alb", "alb.ingress.kubernetes.io/certificate-arn", /./],
  ["alb", "alb.ingress.kubernetes.io/listen-ports", /HTTPS/],
  ["gce", "networking.gke.io/managed-certificates", /./],
  ["gce", "ingress.gcp.kubernetes.io/pre-shared-cert", /./],
  ["gce", "networking.gke.io/certmap", /./],
  [/application-gateway/, "appgw.ingress.kubernetes.io/appgw-ssl-certificate", /./],
  [null, "kubernetes.azure.com/tls-cert-keyvault-uri", /./],
  [/traefik/, TRAEFIK_TLS, /^true$/],
  [/cilium/, "ingress.cilium.io/tls-passthrough", /^(?:enabled|true)$/],
  [/openshift/, "route.openshift.io/termination", /./],
  ["haproxy", "haproxy.org/ssl-passthrough", /^true$/],
  ["haproxy", "haproxy.com/ssl-passthrough", /^true$/],
  ["haproxy-ingress", "haproxy-ingress.github.io/ssl-passthrough", /^true$/],
];

export const ALB_LISTEN_PORTS = "alb.ingress.kubernetes.io/listen-ports";

/** Null = nobody can tell: the controller is one that is not known here, or its class has a name that is usual for another. */
function isReadBy(controller: IngressController, reader: ControllerFamily | RegExp | null): boolean | null {
  if (reader === null) return true;
  const family = reader instanceof RegExp ? "other" : reader;
  if (ignores(controller, family)) return false;
  const { isTold, name, className } = controller;
  const isNamed = reader instanceof RegExp && reader.test(isTold ? name : className);
  if (isNamed || (controller.family === family && !(reader instanceof RegExp))) return true;
  const isKnown = controller.family !== "other" || isUsual(isTold ? name : className);
  if (isTold) return isKnown ? false : null;
  return isKnown ? null : true;
}

/** The annotation that says where the certificate is; what is certain to be for another controller says nothing. */
export function findCertificateAnnotation(
  { annotations }: KubeObject,
  controller: IngressController,
): { readonly name: string; readonly isCertain: boolean } | null {
  const found = PROVIDER_CERTIFICATE.flatMap(([reader, name, value]) => {
    const isCertain = value.test(annotations[name] ?? "") ? isReadBy(controller, reader) : false;
    return isCertain === false ? [] : [{ name, isCertain: isCertain === true }];
  });
  return found.find(({ isCertain }) => isCertain) ?? found[0] ?? null;
}

/** The names that `spec.tls` of one Ingress has; null = an entry of it names none, and so covers every host. */
type TlsHosts = ReadonlySet<string> | null;

function listTlsHosts(body: JsonRecord): TlsHosts {
  const hosts = new Set<string>();
  for (const entry of records(record(body.spec).tls)) {
    const own = texts(entry.hosts);
    if (own.length === 0) return null;
    for (const host of own) hosts.add(host);
  }
  return hosts;
}

/** Asked for each rule: an Ingress may have thousands of both. */
const tlsHostsOf = rememberedOf(listTlsHosts);

function isCoveredHere(ingress: KubeObject, host: string): boolean {
  const hosts = tlsHostsOf(ingress.body);
  if (hosts === null || hosts.has(host)) return true;
  // One label in place of the star of a wildcard.
  const dot = host.indexOf(".");
  return dot >= 0 && hosts.has(`*${host.slice(dot)}`);
}

/** The controller of the company makes one server of several Ingresses only where one is the master and the others are its minions. */
const MERGEABLE = "nginx.org/mergeable-ingress-type";

/** A minion: its host, certificate and redirect are those of the master. */
export function isMinion({ annotations }: KubeObject, { family }: IngressController): boolean {
  return family === "nginx-org" && annotations[MERGEABLE] === "minion";
}

/** Ingresses that have TLS for a host, by the class of their controller and the host: ingress-nginx makes one server of all that name a host. */
const tlsOfNginxHosts = defineView({
  reads: ["ingresses", "ingressClasses"],
  compute: (context): ReadonlyMap<string, KubeObject> =>
    new Map(
      context.slices.ingresses.flatMap((ingress) => {
        const { family, className } = findIngressController(ingress, context);
        if (family !== "nginx" && !(family === "nginx-org" && ingress.annotations[MERGEABLE] === "master")) return [];
        return records(record(ingress.body.spec).tls).flatMap((entry) => texts(entry.hosts).map((host) => [`${className}/${host}`, ingress] as const));
      }),
    ),
});

/** Who has TLS for the host of a rule: the Ingress itself, another whose server it shares, or nobody. "" = every host. */
export function findHostTls(ingress: KubeObject, host: string, controller: IngressController, context: IngressContext): KubeObject | null {
  if (isCoveredHere(ingress, host)) return ingress;
  if (host === "" || !(controller.family === "nginx" || isMinion(ingress, controller))) return null;
  return context.view(tlsOfNginxHosts).get(`${controller.className}/${host}`) ?? null;
}

/** What the AWS load balancer listens on, whatever `spec.tls` names: the ports that are asked for, else 443 where a certificate is, else 80. */
export function albListeners({ annotations }: KubeObject): { readonly http: boolean; readonly https: boolean } {
  const ports = annotations[ALB_LISTEN_PORTS];
  const hasCertificate = (annotations["alb.ingress.kubernetes.io/certificate-arn"] ?? "") !== "";
  return ports === undefined ? { http: !hasCertificate, https: hasCertificate } : { http: /"HTTP"/.test(ports), https: /"HTTPS"/.test(ports) };
}

/** Some of what it serves is served with TLS. */
export function servesTls(ingress: KubeObject, controller: IngressController, context: IngressContext): boolean {
  const spec = record(ingress.body.spec);
  if (records(spec.tls).length > 0 || findCertificateAnnotation(ingress, controller) !== null) return true;
  return list(spec.rules).some((rule) => findHostTls(ingress, text(record(rule).host) ?? "", controller, context) !== null);
}
