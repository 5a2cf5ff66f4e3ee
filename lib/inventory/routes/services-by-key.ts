import type { KubeObject } from "../kube-object";
import { defineView } from "../view";

/** Services by `namespace/name`. */
export const servicesByKeyView = defineView({
  reads: ["services"],
  compute: ({ slices }): ReadonlyMap<string, KubeObject> =>
    new Map(slices.services.map((service) => [`${service.ref.namespace}/${service.ref.name}`, service])),
});
