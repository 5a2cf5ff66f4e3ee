import { contourBackendsView } from "./contour-routes";
import { istioBackendsView } from "./istio-routes";
import { openshiftBackendsView } from "./openshift-routes";
import type { RoutedBackend } from "./route-entry";
import { ROUTER_READS, routerFrontsView, type ToFront } from "./router-front";
import { traefikBackendsView } from "./traefik-routes";
import { defineView } from "./view";

/** Routers in a row that are followed before one: each costs as much as all routes do once, and nobody has more. */
const MOST_BEFORE = 2;
const TOO_MANY_BEFORE = `More than ${MOST_BEFORE} routers are before the one that serves it: from where the first is reached was not followed.`;

/** What routes of all routers beside Ingresses and the Gateway API lead to, and how these are reached themselves. */
interface RouterBackends {
  readonly backends: readonly RoutedBackend[];
  readonly toFront: ToFront;
}

/** How far routes lead to those of some Services; what is said of it is no part of that. */
function tellReaches(backends: readonly RoutedBackend[], keys: ReadonlySet<string>): string {
  const told = backends.flatMap(({ key, entry }) => (keys.has(key) ? JSON.stringify([key, entry.exposure, entry.hasSignIn, entry.untold]) : []));
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
    // Contour tells of its hosts by their addresses.
    const ofContour = view(contourBackendsView);
    const routers = [view(openshiftBackendsView), view(traefikBackendsView), view(istioBackendsView)];
    const follow = (before: readonly RoutedBackend[], left: number): readonly RoutedBackend[] => {
      const { toFront, asked } = toFronts(before);
      const backends = [...ofContour, ...routers.flatMap((router) => router(toFront))];
      if (left < 0 || tellReaches(before, asked) === tellReaches(backends, asked)) return backends;
      return follow(left > 0 ? backends : backends.map((backend) => (asked.has(backend.key) ? leaveOpen(backend) : backend)), left - 1);
    };
    const backends = follow(ofContour, MOST_BEFORE);
    // Others ask about more ports, which routes may lead to as well.
    return { backends, toFront: toFronts(backends).toFront };
  },
});
