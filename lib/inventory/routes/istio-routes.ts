import { amount, isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { type AddressReach, findWidest, passGuard } from "./address-reach";
import { followWays, listSent, type Step, type Way } from "./follow-ways";
import { type Guard, joinGuards, NO_GUARD, SIGN_IN } from "./guard";
import { guardOfPolicies, holdsForProxy } from "./istio-guards";
import { istioProxiesView, proxySelector } from "./istio-proxies";
import type { KubeObject } from "../kube-object";
import type { RoutedBackend } from "./route-entry";
import { ROUTER_READS, type ToFront } from "./router-front";
import { defineView } from "../view";
import type { Workload } from "../workloads/workload";

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
    return texts(hosts).flatMap((written) => {
      if (written.length > LONGEST_HOST * 2) return [];
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

/** Servers of a Gateway that take the same routes, alike ones once; the very same list whoever asks. */
export type ServerGroup = readonly Server[];

/** The servers of a Gateway that may take a route of a namespace for a host. */
type ToServers = (host: string, namespace: string | null) => readonly ServerGroup[];

/** Servers by the namespace of routes that they take; `*` = any. */
function groupServers(served: readonly ServedHost[]): ReadonlyMap<string, ServerGroup> {
  const byNamespace = Map.groupBy(served, ({ namespace }) => namespace);
  const once = (all: readonly ServedHost[]): ServerGroup => [
    ...new Map(all.map((item) => [`${item.port} ${item.asksCertificate} ${item.isPlain} ${item.isWide}`, item])).values(),
  ];
  return new Map([...byNamespace].map(([namespace, all]) => [namespace, once(all)]));
}

function indexServers(gateway: KubeObject): ToServers {
  const all = listHosts(gateway);
  const byHost = new Map([...Map.groupBy(all, ({ host }) => host)].map(([host, served]) => [host, groupServers(served)]));
  const below = Map.groupBy(
    all.flatMap((served) => listCovering(served.host).map((wide) => ({ wide, served }))),
    ({ wide }) => wide,
  );
  const underHost = new Map<string, ReadonlyMap<string, ServerGroup>>();
  const findUnder = (host: string): ReadonlyMap<string, ServerGroup> => {
    const found = underHost.get(host) ?? groupServers((below.get(host) ?? []).flatMap(({ served }) => (served.host === host ? [] : served)));
    underHost.set(host, found);
    return found;
  };
  return (host, namespace) => {
    const covering = listCovering(host).flatMap((name) => byHost.get(name) ?? []);
    const found = isWideHost(host) ? [findUnder(host), ...covering] : covering;
    return found.flatMap((groups) => [groups.get("*") ?? [], (namespace !== null && groups.get(namespace)) || []].filter(({ length }) => length > 0));
  };
}

/** The servers of each Gateway, looked up once for all that ask. */
export const gatewayServersView = defineView({
  reads: [],
  compute: (): ((gateway: KubeObject) => ToServers) => rememberedOf(indexServers),
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

/** The widest way into a proxy by any of some servers, of which there may be as many as ports; null = no proxy is seen. */
type ToWidest = (proxy: Workload | null, servers: ServerGroup) => AddressReach | undefined;

/** What many routes are served by is asked once. */
function rememberWidest(toFront: ToFront): ToWidest {
  const known = new Map<Workload | null, Map<ServerGroup, AddressReach | undefined>>();
  return (proxy, servers) => {
    const ofProxy = known.get(proxy) ?? new Map<ServerGroup, AddressReach | undefined>();
    known.set(proxy, ofProxy);
    if (!ofProxy.has(servers)) {
      const reaches = servers.map(({ port, asksCertificate }) => {
        const reach = proxy === null ? UNSEEN : toFront(proxy, port);
        return asksCertificate ? passGuard(reach, SIGN_IN) : reach;
      });
      ofProxy.set(servers, findWidest(reaches));
    }
    return ofProxy.get(servers);
  };
}

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

    const listReaches = (toWidest: ToWidest, route: KubeObject, bound: string): readonly AddressReach[] => {
      const door = doors.get(bound);
      if (!door) return [];
      const { gateway, selector, proxies, toServers } = door;
      const hosts = listRouteHosts(route);
      const groups = new Set(hosts.flatMap((host) => toServers(host, route.ref.namespace)));
      const through = ` through Gateway ${gateway.ref.namespace}/${gateway.ref.name}${proxies.length === 0 ? "" : "."}`;
      const untold =
        unread && `Whether an AuthorizationPolicy asks for a sign-in in front of ${route.ref.kind} ${route.ref.name} was not read: ${unread.reason}`;
      const hidden = { ...NO_GUARD, ...(untold !== undefined && { untold }) };
      const enter = (proxy: Workload | null, policies: (hosts: readonly string[]) => Guard): readonly AddressReach[] => {
        const widest = findWidest([...groups].flatMap((group) => toWidest(proxy, group) ?? []));
        return widest ? [passGuard({ ...widest, because: `${through}${widest.because}` }, joinGuards([policies(hosts), hidden]))] : [];
      };
      if (proxies.length === 0) return enter(null, authorization(gateway, gateway.ref.namespace, selector));
      return proxies
        .filter(({ ref }) => isExported(route, ref.namespace))
        .flatMap((proxy) => enter(proxy, authorization(proxy, proxy.ref.namespace, proxy.podLabelSets[0] ?? {})));
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
    const toWays = (toWidest: ToWidest, route: KubeObject): readonly Way[] => {
      const spec = record(route.body.spec);
      const widest = findWidest(listBound(route).flatMap((bound) => listReaches(toWidest, route, bound)));
      if (!widest) return [];
      const { because, hasSignIn = false, ...found } = widest;
      const entry = { ...found, hasSignIn, via: route, value: spec.hosts, message: `VirtualService ${route.ref.name} routes to it${because}` };
      return listRules(route).map((item) => ({ entry: { ...entry, path: item.path }, steps: toSteps(route, item) }));
    };
    const stepsOf = (part: KubeObject): readonly Step[] => listRules(part).flatMap((item) => toSteps(part, item));
    return (toFront) => {
      const toWidest = rememberWidest(toFront);
      return followWays(
        routes.flatMap((route) => toWays(toWidest, route)),
        stepsOf,
      );
    };
  },
});
