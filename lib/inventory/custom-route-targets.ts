import { amount, isRecord, type JsonRecord, record, records, text } from "../model/json";
import { toServiceKey } from "./istio-routes";
import type { KubeObject } from "./kube-object";

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

/** Whom a Middleware asks, and who answers in place of what fails. */
function ofMiddleware(middleware: KubeObject): readonly RouteTarget[] {
  const { forwardAuth, errors } = record(middleware.body.spec);
  const [, host, port] = ADDRESS.exec(text(record(forwardAuth).address) ?? "") ?? [];
  const asked = host === undefined ? [] : [{ key: toServiceKey(host, middleware.ref.namespace), port: port === undefined ? null : Number(port) }];
  return [...asked, ...toTarget(middleware, record(record(errors).service))];
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
  const { routes, tcpproxy } = record(proxy.body.spec);
  return [...records(routes), record(tcpproxy)].flatMap(({ services }) => records(services)).flatMap((reference) => toTarget(proxy, reference));
}

const OF_KIND: Readonly<Record<string, (route: KubeObject) => readonly RouteTarget[]>> = {
  IngressRoute: ofTraefik,
  IngressRouteTCP: ofTraefik,
  IngressRouteUDP: ofTraefik,
  TraefikService: ofTraefik,
  Middleware: ofMiddleware,
  VirtualService: ofIstio,
  Route: ofOpenshift,
  HTTPProxy: ofContour,
};

/** Every Service that an object of a router names, whether or not requests are sent to it today: weights, and who includes it, change while it runs. */
export function listRouteTargets(route: KubeObject): readonly RouteTarget[] {
  return OF_KIND[route.ref.kind]?.(route) ?? [];
}
