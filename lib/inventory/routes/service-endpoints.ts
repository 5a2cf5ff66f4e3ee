import type { KubeObject } from "../kube-object";
import { defineView } from "../view";

/** The EndpointSlices of each Service, by its `namespace/name`; those that no Service is named for are under `namespace/`. */
export const serviceEndpointsView = defineView({
  reads: ["endpointSlices"],
  compute: ({ slices }): ReadonlyMap<string, readonly KubeObject[]> =>
    Map.groupBy(slices.endpointSlices, (item) => `${item.ref.namespace}/${item.labels["kubernetes.io/service-name"] ?? ""}`),
});
