import type { ToLed } from "./address-reach";
import { contourBackendsView } from "./contour-routes";
import { ingressBackendsView } from "./ingress-routed";
import { istioBackendsView } from "./istio-routes";
import { openshiftBackendsView } from "./openshift-routes";
import { type RoutedBackend, routedBackendsView } from "./route-entry";
import { ROUTER_READS, routerFrontsView, type ToFront } from "./router-front";
import { traefikBackendsView } from "./traefik-routes";
import { defineView } from "../view";

/** Routers in a row that are followed before one: each costs as much as all routes do once, and nobody has more. */
const MOST_BEFORE = 2;
const TOO_MANY_BEFORE = `More than ${MOST_BEFORE} routers are before the one that serves it: from where the first is reached was not followed.`;

/** What routes lead to, and how the routers that serve them are reached themselves. */
interface RouterBackends {
  /** Of the Gateway API. */
  readonly ofGateways: readonly RoutedBackend[];
  /** Of all others beside Ingresses. */
  readonly backends: readonly RoutedBackend[];
  readonly toFront: ToFront;
  /** How far any of them leads to a Service. */
  readonly toLed: ToLed;
}

interface Followed extends Pick<RouterBackends, "ofGateways" | "backends"> {
  /** Of Ingresses whose controller is behind other routers. */
  readonly ofIngresses: readonly RoutedBackend[];
}

const listAll = ({ ofGateways, backends, ofIngresses }: Followed): readonly RoutedBackend[] => [...ofGateways, ...backends, ...ofIngresses];

/** How far routes lead to those of some Services; what is said of it is no part of that. */
function tellReaches(followed: Followed, keys: ReadonlySet<string>): string {
  const told = listAll(followed).flatMap(({ key, entry }) => (keys.has(key) ? JSON.stringify([key, entry.exposure, entry.hasSignIn, entry.untold]) : []));
  return [...new Set(told)].sort().join();
}

/** What may still come out as wider: from the outside, as far as anybody knows. */
function leaveOpen(backend: RoutedBackend): RoutedBackend {
  const { entry } = backend;
  return entry.exposure === "internal" ? { ...backend, entry: { ...entry, exposure: "external", untold: TOO_MANY_BEFORE } } : backend;
}

/** Any router may be behind routes of any other: they are followed again as long as that leads to one from farther away. */
export const routerBackendsView = defineView({
  reads: ROUTER_READS,
  compute: ({ view }): RouterBackends => {
    const toFronts = view(routerFrontsView);
    // Gateways, and Contour for its hosts, tell of where they are by their addresses.
    const [toGateways, toContour] = [view(routedBackendsView), view(contourBackendsView)];
    const { ofLed } = view(ingressBackendsView);
    const routers = [view(openshiftBackendsView), view(traefikBackendsView), view(istioBackendsView)];
    const follow = (before: Followed, left: number): Followed => {
      const { toFront, toLed, asked } = toFronts(listAll(before));
      const backends = [...toContour(toLed), ...routers.flatMap((router) => router(toFront))];
      const next = { ofGateways: toGateways(toLed), backends, ofIngresses: ofLed(toLed) };
      if (left < 0 || tellReaches(before, asked) === tellReaches(next, asked)) return next;
      const open = (backend: RoutedBackend) => (left === 0 && asked.has(backend.key) ? leaveOpen(backend) : backend);
      const opened = { ofGateways: next.ofGateways.map(open), backends: next.backends.map(open), ofIngresses: next.ofIngresses.map(open) };
      return follow(opened, left - 1);
    };
    const isAlone = () => undefined;
    const found = follow({ ofGateways: toGateways(isAlone), backends: toContour(isAlone), ofIngresses: [] }, MOST_BEFORE);
    const { ofGateways, backends } = found;
    // Others ask about more ports, which routes may lead to as well.
    const { toFront, toLed } = toFronts(listAll(found));
    return { ofGateways, backends, toFront, toLed };
  },
});
