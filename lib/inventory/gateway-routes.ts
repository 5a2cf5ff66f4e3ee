import { record, records, text } from "../model/json";
import type { KubeObject } from "./kube-object";

/** The routes that name a listener of a gateway, or the gateway as a whole. Whether the gateway admits them is not asked. */
export function routesOfListener(objects: readonly KubeObject[], gateway: KubeObject, listener: string): readonly KubeObject[] {
  return objects.filter((object) => {
    if (!object.ref.kind.endsWith("Route")) return false;
    return records(record(object.body.spec).parentRefs).some((parent) => {
      const isGateway =
        (text(parent.kind) ?? "Gateway") === gateway.ref.kind &&
        text(parent.name) === gateway.ref.name &&
        (text(parent.namespace) ?? object.ref.namespace) === gateway.ref.namespace;
      return isGateway && (text(parent.sectionName) ?? listener) === listener;
    });
  });
}
