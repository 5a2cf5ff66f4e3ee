import { list, record, records } from "../../model/json";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";
import { labelsAskedBy } from "./service-targets";

/** The EndpointSlices of each Service, by its `namespace/name`; those that no Service is named for are under `namespace/`. */
export const serviceEndpointsView = defineView({
  reads: ["endpointSlices"],
  compute: ({ slices }): ReadonlyMap<string, readonly KubeObject[]> =>
    Map.groupBy(slices.endpointSlices, (item) => `${item.ref.namespace}/${item.labels["kubernetes.io/service-name"] ?? ""}`),
});

function isReady(endpoint: unknown): boolean {
  return records([endpoint]).length > 0 && record(record(endpoint).conditions).ready !== false;
}

/**
 * Whether one of the addresses behind a Service is ready, as its slices say; null = it has none that say so. A Service that chooses no pods has slices of the
 * addresses that somebody writes for it, wherever slices are kept: also of those that are written as Endpoints, for which in manifests they are not there yet.
 */
export const hasReadyAddressView = defineView({
  reads: ["endpointSlices", "companions"],
  compute: (context): ((service: KubeObject) => boolean | null) => {
    const { endpointSlices, companions } = context.slices;
    const slicesOf = context.view(serviceEndpointsView);
    const written = new Set(companions.flatMap(({ ref }) => (ref.kind === "Endpoints" ? `${ref.namespace}/${ref.name}` : [])));
    return (service) => {
      const name = `${service.ref.namespace}/${service.ref.name}`;
      const own = slicesOf.get(name);
      if (own) return own.some(({ body }) => list(body.endpoints).some(isReady));
      const isWritten = labelsAskedBy(service) === null && record(service.body.spec).type !== "ExternalName";
      return isWritten && endpointSlices.length > 0 && !written.has(name) ? false : null;
    };
  },
});
