import { isRecord, list, record, records, text } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { gatewayServersView, listBound, listRouteHosts, type ServerGroup } from "./istio-routes";
import type { KubeObject } from "../kube-object";
import type { TraefikEntryPoint } from "./traefik-programs";
import { type ServedAt, traefikPlacesView } from "./traefik-routes";
import { defineView } from "../view";

/** Where an IngressRoute of Traefik, or a Gateway of Istio, serves plain HTTP. */
interface RouteTls {
  readonly plain: readonly { readonly path: string; readonly value: unknown; readonly message: string }[];
  /** Why it is not known whether it does; null = it is. */
  readonly untold: string | null;
}

/** Entry points that are named for one route; there are hardly ever more than two. */
const MOST_NAMED = 5;

/** What entry points come to that a route is served at. */
interface PlainPlaces {
  readonly isServed: boolean;
  /** Of those with plain HTTP. */
  readonly names: ReadonlySet<string>;
  /** None is seen to have plain HTTP, and not all are seen. */
  readonly isUntold: boolean;
}

const TLS: RouteTls = { plain: [], untold: null };

function redirects({ body }: KubeObject): boolean {
  const { redirectScheme, redirectRegex } = record(body.spec);
  return record(redirectScheme).scheme === "https" || (text(record(redirectRegex).replacement)?.startsWith("https:") ?? false);
}

/** Where all requests that come in are sent on to HTTPS, or come by it. */
const isSafe = ({ hasTls, isRedirected, middlewares }: TraefikEntryPoint, redirecting: ReadonlySet<string>): boolean =>
  hasTls || isRedirected || middlewares.some((name) => redirecting.has(name));

/** Of a VirtualService that sends everybody to HTTPS. */
function onlyRedirects({ body }: KubeObject): boolean {
  const { http, tls, tcp } = record(body.spec);
  const rules = records(http);
  return rules.length > 0 && list(tls).length + list(tcp).length === 0 && rules.every(({ redirect }) => record(redirect).scheme === "https");
}

export const routeTlsView = defineView({
  reads: ["customRoutes", "workloads", "routeGuards"],
  compute: ({ slices, view, listUnread }): ((route: KubeObject) => RouteTls) => {
    const bound = Map.groupBy(
      slices.customRoutes
        .filter((route) => route.ref.kind === "VirtualService" && !onlyRedirects(route))
        .flatMap((route) => listBound(route).map((gateway) => ({ gateway, route }))),
      ({ gateway }) => gateway,
    );
    const redirecting = new Set(
      slices.routeGuards
        .filter((item) => item.ref.kind === "Middleware" && redirects(item))
        .flatMap(({ ref }) => [`${ref.namespace}/${ref.name}`, `${ref.namespace}-${ref.name}@kubernetescrd`]),
    );
    const unread = listUnread("routeGuards").find(({ kind }) => kind === "Middleware");
    const unreadRoutes = listUnread("customRoutes").find(({ kind }) => kind === "VirtualService");

    const ofGateway = (gateway: KubeObject): RouteTls => {
      const toServers = view(gatewayServersView)(gateway);
      const known = new Set<ServerGroup>();
      const firstAt = new Map<string, { readonly port: number | null; readonly route: KubeObject }>();
      for (const { route } of bound.get(`${gateway.ref.namespace}/${gateway.ref.name}`) ?? []) {
        for (const servers of listRouteHosts(route).flatMap((host) => toServers(host, route.ref.namespace))) {
          if (known.has(servers)) continue;
          known.add(servers);
          for (const { isPlain, path, port } of servers) if (isPlain && !firstAt.has(path)) firstAt.set(path, { port, route });
        }
      }
      const plain = [...firstAt].map(([path, { port, route }]) => ({
        path: `${path}.tls`,
        value: undefined,
        message: `Port ${port} serves VirtualService ${route.ref.namespace}/${route.ref.name} over plain HTTP.`,
      }));
      const isUntold = plain.length === 0 && unreadRoutes !== undefined;
      return { plain, untold: isUntold ? `Whether VirtualServices are served over plain HTTP there was not read: ${unreadRoutes.reason}` : null };
    };
    const atPlaces = rememberedOf((places: readonly ServedAt[]): PlainPlaces => {
      const names = new Set(places.flatMap(({ name, entryPoint }) => (entryPoint && !isSafe(entryPoint, redirecting) ? (name ?? []) : [])));
      return { isServed: places.length > 0, names, isUntold: names.size === 0 && places.some(({ entryPoint }) => entryPoint === null) };
    });
    const ofIngressRoute = (route: KubeObject): RouteTls => {
      const { tls, routes } = record(route.body.spec);
      if (isRecord(tls)) return TLS;
      const serving = records(routes).filter(
        ({ middlewares }) => !records(middlewares).some(({ name, namespace }) => redirecting.has(`${text(namespace) ?? route.ref.namespace}/${text(name)}`)),
      );
      if (serving.length === 0) return TLS;
      const { isServed, names, isUntold } = atPlaces(view(traefikPlacesView)(route));
      if (!isServed) return { plain: [], untold: "Whether its entry points have TLS is in the settings of Traefik, and none is seen that serves it." };
      if (names.size > 0 && unread && serving.every(({ middlewares }) => records(middlewares).length > 0))
        return { plain: [], untold: `Whether a Middleware redirects plain HTTP was not read: ${unread.reason}` };
      return {
        plain: [...names]
          .slice(0, MOST_NAMED)
          .map((name) => ({ path: "spec.tls", value: undefined, message: `Entry point ${name} has no TLS, and the route asks for none.` })),
        untold: isUntold ? "Whether its entry points have TLS is not among the arguments of Traefik." : null,
      };
    };
    return (route) => (route.ref.kind === "Gateway" ? ofGateway(route) : ofIngressRoute(route));
  },
});
