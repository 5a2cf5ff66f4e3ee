import { amount, isRecord, type JsonRecord, list, record, records, text, texts } from "../model/json";
import { type AddressReach, findWidest, passGuard } from "./address-reach";
import { followWays, listSent, type Step, type Way } from "./follow-ways";
import { type Guard, joinGuards, NO_GUARD, SIGN_IN } from "./guard";
import { guardOfPolicies, holdsForProxy } from "./istio-guards";
import { istioProxiesView, proxySelector } from "./istio-proxies";
import type { KubeObject } from "./kube-object";
import type { RoutedBackend } from "./route-entry";
import { ROUTER_READS, type ToFront } from "./router-front";
import { defineView } from "./view";
import type { Workload } from "./workload";

/** Of servers of a Gateway, one port and whether it asks for certificates. */
interface Server {
  readonly port: number | null;
  readonly asksCertificate: boolean;
  /** HTTP without TLS is spoken there. */
  readonly isPlain: boolean;
  /** Its host stands for many names. */
  readonly isWide: boolean;
  /** Of the first that is so. */
  readonly path: string;
}

/** A host of a server, and the namespace of routes that it takes for that. */
interface ServedHost extends Server {
  /** In small letters, without its namespace. */
  readonly host: string;
  readonly namespace: string;
}

const PLAIN: ReadonlySet<unknown> = new Set(["HTTP", "HTTP2", "HTTP_PROXY", "GRPC", "GRPC-WEB"]);
const ASKS_CERTIFICATE: ReadonlySet<unknown> = new Set(["MUTUAL", "ISTIO_MUTUAL"]);

/** Longer ones are no names. */
const LONGEST_HOST = 253;

/** `*`, or all names under one. */
export const isWideHost = (host: string): boolean => host.startsWith("*");

/** Of plain HTTP, servers that only redirect serve nothing, and others ask nobody for a certificate: all else of `tls` holds for TLS alone. */
function listHosts({ ref, body }: KubeObject): readonly ServedHost[] {
  return list(record(body.spec).servers).flatMap((item, index) => {
    const { hosts, port, tls } = record(item);
    const { number, protocol } = record(port);
    const isPlain = PLAIN.has(text(protocol)?.toUpperCase());
    const server = {
      port: amount(number) ?? null,
      asksCertificate: !isPlain && ASKS_CERTIFICATE.has(record(tls).mode),
      isPlain,
      path: `spec.servers[${index}]`,
    };
    if (isPlain && record(tls).httpsRedirect === true) return [];
    return texts(hosts).map((written) => {
      const [host = "", namespace = "*"] = written.toLowerCase().split("/").toReversed();
      return { ...server, isWide: isWideHost(host), host, namespace: namespace === "." ? (ref.namespace ?? "") : namespace };
    });
  });
}

/** A name, and the wildcards that it is under: `a.b.c`, `*.b.c`, `*.c`, `*`. */
function listCovering(host: string): readonly string[] {
  const parts = host.split(".");
  return [...new Set([host, ...parts.slice(1).map((_, i) => `*.${parts.slice(i + 1).join(".")}`), "*"])];
}

/** The servers of a Gateway that may take a route of a namespace for a host, alike ones once. */
type ToServers = (host: string, namespace: string | null) => readonly Server[];

function indexServers(gateway: KubeObject): ToServers {
  const all = listHosts(gateway);
  const byHost = Map.groupBy(all, ({ host }) => host);
  const known = new Map<string, readonly Server[]>();
  const find = (host: string, namespace: string | null): readonly Server[] => {
    const under = host === "*" ? all : host.startsWith("*.") ? all.filter((served) => served.host.endsWith(host.slice(1))) : [];
    const found = [...under, ...listCovering(host).flatMap((name) => byHost.get(name) ?? [])];
    const taking = found.filter((served) => served.namespace === "*" || served.namespace === namespace);
    return [...new Map(taking.map((served) => [`${served.port} ${served.asksCertificate} ${served.isPlain} ${served.isWide}`, served])).values()];
  };
  return (host, namespace) => {
    const key = `${namespace}/${host}`;
    const found = known.get(key) ?? find(host, namespace);
    known.set(key, found);
    return found;
  };
}

/** The servers of each Gateway, looked up once for all that ask. */
export const gatewayServersView = defineView({
  reads: [],
  compute: (): ((gateway: KubeObject) => ToServers) => {
    const known = new WeakMap<KubeObject, ToServers>();
    return (gateway) => {
      const found = known.get(gateway) ?? indexServers(gateway);
      known.set(gateway, found);
      return found;
    };
  },
});

/** `namespace/name` of `app`, `app.shop`, `app.shop.svc.cluster.local`. Of what is no Service, a key that none has. */
export function toServiceKey(host: string, own: string | null): string {
  const [name = "", namespace, svc] = host.toLowerCase().split(".");
  if (namespace === undefined) return `${own}/${name}`;
  return svc === undefined || svc === "svc" ? `${namespace}/${name}` : host;
}

/** What a rule sends requests to, and copies of them. */
function listDestinations(rule: JsonRecord): readonly JsonRecord[] {
  const copies = isRecord(rule.mirror) ? [rule.mirror] : [];
  return [...[...listSent(rule.route), ...records(rule.mirrors)].map(({ destination }) => record(destination)), ...copies];
}

interface Rule {
  readonly path: string;
  readonly rule: JsonRecord;
}

/** For requests between pods alone, of a route that Gateways serve, too. */
function isForMesh(rule: JsonRecord): boolean {
  const all = records(rule.match).map(({ gateways }) => texts(gateways));
  return all.length > 0 && all.every((gateways) => gateways.length > 0 && gateways.every((name) => name === "mesh"));
}

function listRules({ body }: KubeObject): readonly Rule[] {
  const spec = record(body.spec);
  const rules = ["http", "tls", "tcp"].flatMap((name) => list(spec[name]).map((rule, index) => ({ path: `spec.${name}[${index}]`, rule: record(rule) })));
  return rules.filter(({ rule }) => !isForMesh(rule));
}

/** Whether other namespaces see a route. */
function isExported({ ref, body }: KubeObject, namespace: string | null): boolean {
  const to = texts(record(body.spec).exportTo);
  return to.length === 0 || to.some((name) => name === "*" || name === namespace || (name === "." && ref.namespace === namespace));
}

/** A Gateway, and the pods that serve it. */
interface Door {
  readonly gateway: KubeObject;
  readonly selector: Readonly<Record<string, string>>;
  readonly proxies: readonly Workload[];
  readonly toServers: ToServers;
}

const UNSEEN: AddressReach = { exposure: "possible", because: "; no proxy is seen that serves it." };

/** `namespace/name` of a Gateway that a route names so, as `./name`, as `name`, or as earlier versions did: `name.namespace.svc.cluster.local`. */
function toGatewayKey(written: string, own: string | null): string {
  if (written.includes("/")) return written.replace(/^\.\//, `${own}/`);
  const [name, namespace] = written.split(".", 2);
  return `${namespace ?? own}/${name}`;
}

/** `namespace/name` of the Gateways that a route is bound to. */
export function listBound({ ref, body }: KubeObject): readonly string[] {
  return [...new Set(texts(record(body.spec).gateways).map((name) => toGatewayKey(name, ref.namespace)))];
}

/** Its hosts, in small letters. */
export const listRouteHosts = ({ body }: KubeObject): readonly string[] =>
  texts(record(body.spec).hosts).flatMap((host) => (host.length > LONGEST_HOST ? [] : host.toLowerCase()));

/** What VirtualServices lead to that are bound to a Gateway of Istio, those behind a delegate by the widest way into it; by how the proxies are reached. */
export const istioBackendsView = defineView({
  reads: ROUTER_READS,
  compute: ({ slices, view, listUnread }): ((toFront: ToFront) => readonly RoutedBackend[]) => {
    const routes = slices.customRoutes.filter(({ ref }) => ref.kind === "VirtualService");
    if (routes.length === 0) return () => [];
    const proxiesOf = view(istioProxiesView);
    const serversOf = view(gatewayServersView);
    const unread = listUnread("routeGuards").find(({ kind }) => kind === "AuthorizationPolicy");
    const policies = slices.routeGuards.filter(({ ref }) => ref.kind === "AuthorizationPolicy");
    const doors = new Map<string, Door>();
    for (const gateway of slices.customRoutes.filter(({ ref }) => ref.kind === "Gateway")) {
      const proxies = proxiesOf(gateway);
      doors.set(`${gateway.ref.namespace}/${gateway.ref.name}`, { gateway, selector: proxySelector(gateway), proxies, toServers: serversOf(gateway) });
    }
    const guards = new Map<unknown, ReturnType<typeof guardOfPolicies>>();
    const authorization = (proxy: unknown, namespace: string | null, labels: Readonly<Record<string, string>>) => {
      const known = guards.get(proxy) ?? guardOfPolicies(policies.filter((policy) => holdsForProxy(policy, { namespace, labels })));
      guards.set(proxy, known);
      return known;
    };

    const listReaches = (toFront: ToFront, route: KubeObject, bound: string): readonly AddressReach[] => {
      const door = doors.get(bound);
      if (!door) return [];
      const { gateway, selector, proxies, toServers } = door;
      const hosts = listRouteHosts(route);
      const servers = new Set(hosts.flatMap((host) => toServers(host, route.ref.namespace)));
      const through = ` through Gateway ${gateway.ref.namespace}/${gateway.ref.name}${proxies.length === 0 ? "" : "."}`;
      const untold =
        unread && `Whether an AuthorizationPolicy asks for a sign-in in front of ${route.ref.kind} ${route.ref.name} was not read: ${unread.reason}`;
      const hidden = { ...NO_GUARD, ...(untold !== undefined && { untold }) };
      /** By any of the servers, of which there may be as many as ports: what holds for all of them is asked once. */
      const enter = (toReach: (port: number | null) => AddressReach, policies: (hosts: readonly string[]) => Guard): readonly AddressReach[] => {
        const reaches = [...servers].map(({ port, asksCertificate }) => (asksCertificate ? passGuard(toReach(port), SIGN_IN) : toReach(port)));
        const widest = findWidest(reaches);
        return widest ? [passGuard({ ...widest, because: `${through}${widest.because}` }, joinGuards([policies(hosts), hidden]))] : [];
      };
      if (proxies.length === 0) return enter(() => UNSEEN, authorization(gateway, gateway.ref.namespace, selector));
      return proxies
        .filter(({ ref }) => isExported(route, ref.namespace))
        .flatMap((proxy) => {
          const toReach = (port: number | null): AddressReach => toFront(proxy, port);
          return enter(toReach, authorization(proxy, proxy.ref.namespace, proxy.podLabelSets[0] ?? {}));
        });
    };
    const toSteps = ({ ref }: KubeObject, { rule }: Rule): readonly Step[] => {
      const { name, namespace } = record(rule.delegate);
      const delegate = text(name) === undefined ? [] : [{ part: byKey.get(`${text(namespace) ?? ref.namespace}/${text(name)}`) }];
      const sent = listDestinations(rule).map(({ host, port }) => ({
        key: toServiceKey(text(host) ?? "", ref.namespace),
        ports: [amount(record(port).number) ?? null],
      }));
      return [...delegate, ...sent];
    };
    const byKey = new Map(routes.map((route) => [`${route.ref.namespace}/${route.ref.name}`, route]));
    const toWays = (toFront: ToFront, route: KubeObject): readonly Way[] => {
      const spec = record(route.body.spec);
      const widest = findWidest(listBound(route).flatMap((bound) => listReaches(toFront, route, bound)));
      if (!widest) return [];
      const { because, hasSignIn = false, ...found } = widest;
      const entry = { ...found, hasSignIn, via: route, value: spec.hosts, message: `VirtualService ${route.ref.name} routes to it${because}` };
      return listRules(route).map((item) => ({ entry: { ...entry, path: item.path }, steps: toSteps(route, item) }));
    };
    const stepsOf = (part: KubeObject): readonly Step[] => listRules(part).flatMap((item) => toSteps(part, item));
    return (toFront) =>
      followWays(
        routes.flatMap((route) => toWays(toFront, route)),
        stepsOf,
      );
  },
});
