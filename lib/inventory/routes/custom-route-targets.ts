import { amount, isRecord, type JsonRecord, record, records, text } from "../../model/json";
import { toServiceKey } from "./istio-routes";
import type { KubeObject } from "../kube-object";

/** A Service, as `namespace/name`, and a port of it by number or name; null = any of them. */
interface RouteTarget {
  readonly key: string;
  readonly port: number | string | null;
}

/** What is `namespace/name` by the fields of a reference. */
function toTarget({ ref }: KubeObject, { name, namespace, port }: JsonRecord): readonly RouteTarget[] {
  const named = text(name);
  return named === undefined ? [] : [{ key: `${text(namespace) ?? ref.namespace}/${named}`, port: amount(port) ?? text(port) ?? null }];
}

function ofTraefik(route: KubeObject): readonly RouteTarget[] {
  const { routes, weighted, highestRandomWeight, mirroring, failover } = record(route.body.spec);
  const shared = [...records(routes), record(weighted), record(highestRandomWeight)].flatMap(({ services }) => records(services));
  const others = [record(mirroring), ...records(record(mirroring).mirrors), record(record(failover).service), record(record(failover).fallback)];
  return [...shared, ...others].filter(({ kind }) => kind !== "TraefikService").flatMap((reference) => toTarget(route, reference));
}

const ADDRESS = /^https?:\/\/(?:[^\s/@]*@)?([a-z0-9.-]+)(?::(\d{1,5}))?(?:[/?#]|$)/i;

/** What is at an address; of what is no Service, a key that none has. */
export function listAtAddress(address: unknown, namespace: string | null): readonly RouteTarget[] {
  const [, host, port] = ADDRESS.exec(text(address) ?? "") ?? [];
  return host === undefined ? [] : [{ key: toServiceKey(host, namespace), port: port === undefined ? null : Number(port) }];
}

/** Whom a Middleware asks, and who answers in place of what fails. */
function ofMiddleware(middleware: KubeObject): readonly RouteTarget[] {
  const { forwardAuth, errors } = record(middleware.body.spec);
  return [...listAtAddress(record(forwardAuth).address, middleware.ref.namespace), ...toTarget(middleware, record(record(errors).service))];
}

const listKeys = (providers: unknown, { ref }: KubeObject): readonly RouteTarget[] =>
  records(providers).flatMap(({ remoteJWKS }) => listAtAddress(record(remoteJWKS).uri, ref.namespace));

/** Whom a SecurityPolicy has a Gateway of Envoy ask, and where it looks for the keys of tokens. */
function ofSecurityPolicy(policy: KubeObject): readonly RouteTarget[] {
  const { extAuth, oidc, jwt } = record(policy.body.spec);
  const { provider } = record(oidc);
  const asking = [record(extAuth).http, record(extAuth).grpc, provider].map(record);
  const references = asking.flatMap(({ backendRef, backendRefs }) => [record(backendRef), ...records(backendRefs)]);
  const named = references.flatMap((reference) => toTarget(policy, reference));
  return [...named, ...listAtAddress(record(provider).issuer, policy.ref.namespace), ...listKeys(record(jwt).providers, policy)];
}

function ofIstio({ ref, body }: KubeObject): readonly RouteTarget[] {
  const { http, tls, tcp } = record(body.spec);
  return [http, tls, tcp].flatMap(records).flatMap((rule) => {
    const sent = [...records(rule.route), ...records(rule.mirrors)].map(({ destination }) => record(destination));
    return [...sent, ...(isRecord(rule.mirror) ? [rule.mirror] : [])].map(({ host, port }) => ({
      key: toServiceKey(text(host) ?? "", ref.namespace),
      port: amount(record(port).number) ?? null,
    }));
  });
}

/** Routers of OpenShift look for ports of pods: all of the Service. */
function ofOpenshift(route: KubeObject): readonly RouteTarget[] {
  const { to, alternateBackends } = record(route.body.spec);
  return [record(to), ...records(alternateBackends)].flatMap((reference) => toTarget(route, reference)).map(({ key }) => ({ key, port: null }));
}

function ofContour(proxy: KubeObject): readonly RouteTarget[] {
  const { routes, tcpproxy, virtualhost } = record(proxy.body.spec);
  const sent = [...records(routes), record(tcpproxy)].flatMap(({ services }) => records(services)).flatMap((reference) => toTarget(proxy, reference));
  return [...sent, ...listKeys(record(virtualhost).jwtProviders, proxy)];
}

const OF_KIND: Readonly<Record<string, (route: KubeObject) => readonly RouteTarget[]>> = {
  IngressRoute: ofTraefik,
  IngressRouteTCP: ofTraefik,
  IngressRouteUDP: ofTraefik,
  TraefikService: ofTraefik,
  Middleware: ofMiddleware,
  SecurityPolicy: ofSecurityPolicy,
  VirtualService: ofIstio,
  Route: ofOpenshift,
  HTTPProxy: ofContour,
};

/** Every Service that an object of a router names, whether or not requests are sent to it today: weights, and who includes it, change while it runs. */
export function listRouteTargets(route: KubeObject): readonly RouteTarget[] {
  return OF_KIND[route.ref.kind]?.(route) ?? [];
}
