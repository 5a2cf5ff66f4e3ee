import type { KubeObject } from "../../inventory/kube-object";
import { list, record } from "../../model/json";
import type { PatchOp } from "../../model/patch";
import { remove, set } from "./ops";

/** Closes the ports that a Service opens on nodes. One of type NodePort keeps its cluster address, with which the API server takes no policy for traffic from outside. */
export function closeNodePorts(service: KubeObject): readonly PatchOp[] {
  const spec = record(service.body.spec);
  const ports = list(spec.ports).flatMap((port, i) => (record(port).nodePort === undefined ? [] : [remove(`spec.ports[${i}].nodePort`)]));
  if (spec.type === "LoadBalancer") return [set("spec.allocateLoadBalancerNodePorts", false), ...ports];
  const policy = spec.externalTrafficPolicy === undefined ? [] : [remove("spec.externalTrafficPolicy")];
  return [set("spec.type", "ClusterIP"), ...ports, ...policy];
}
