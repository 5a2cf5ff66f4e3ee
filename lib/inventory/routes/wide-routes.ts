import { gatewayServersView, isWideHost, listBound, listRouteHosts } from "./istio-routes";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";

/** A VirtualService, and a host of it that stands for many names. */
interface WideRoute {
  readonly route: KubeObject;
  readonly host: string;
}

/** VirtualServices that a Gateway of Istio serves for names that neither of them writes out, each once; `*` before all names under one. */
export const wideRoutesView = defineView({
  reads: ["customRoutes"],
  compute: ({ slices, view }): ((gateway: KubeObject) => readonly WideRoute[]) => {
    const serversOf = view(gatewayServersView);
    const wide = slices.customRoutes.flatMap((route) => {
      const hosts = route.ref.kind === "VirtualService" ? listRouteHosts(route).filter(isWideHost).sort() : [];
      return hosts.length === 0 ? [] : listBound(route).map((gateway) => ({ gateway, route, hosts }));
    });
    const bound = Map.groupBy(wide, ({ gateway }) => gateway);
    return (gateway) => {
      const toServers = serversOf(gateway);
      return (bound.get(`${gateway.ref.namespace}/${gateway.ref.name}`) ?? []).flatMap(({ route, hosts }) => {
        const host = hosts.find((name) => toServers(name, route.ref.namespace).some((servers) => servers.some(({ isWide }) => isWide)));
        return host === undefined ? [] : [{ route, host }];
      });
    };
  },
});
