import { contourBackendsView } from "./contour-routes";
import { istioBackendsView } from "./istio-routes";
import { openshiftBackendsView } from "./openshift-routes";
import type { RoutedBackend } from "./route-entry";
import { ROUTER_READS, routerFrontsView, type ToFront } from "./router-front";
import { traefikBackendsView } from "./traefik-routes";
import { defineView } from "./view";

/** Routers in a row that are followed before one: each costs as much as all routes do once, and nobody has more. */
const MOST_BEFORE = 2;

/** What routes of all routers beside Ingresses and the Gateway API lead to, and how these are reached themselves. */
interface RouterBackends {
  readonly backends: readonly RoutedBackend[];
  readonly toFront: ToFront;
}

/** Any router may be behind routes of any other: they are followed again as long as some lead to one. */
export const routerBackendsView = defineView({
  reads: ROUTER_READS,
  compute: ({ view }): RouterBackends => {
    const toFronts = view(routerFrontsView);
    // Contour tells of its hosts by their addresses.
    const ofContour = view(contourBackendsView);
    const routers = [view(openshiftBackendsView), view(traefikBackendsView), view(istioBackendsView)];
    const follow = (before: readonly RoutedBackend[], left: number): RouterBackends => {
      const { toFront, asked } = toFronts(before);
      const found = routers.flatMap((router) => router(toFront));
      const backends = [...ofContour, ...found];
      return left > 0 && found.some(({ key }) => asked.has(key)) ? follow(backends, left - 1) : { backends, toFront };
    };
    return follow(ofContour, MOST_BEFORE);
  },
});
