import type { PodView } from "../../inventory/workloads/workload";
import { record } from "../../model/json";
import type { Patch } from "../../model/patch";
import { remove, set } from "./ops";
import { removeHostPorts } from "./remove-host-ports";

/** A network of its own for the pod, with no port of the node; null for a HostProcess pod, which cannot have one. */
export function leaveHostNetwork(pod: PodView): Patch | null {
  const isHostProcess = [pod, ...pod.containers].some(({ securityContext }) => record(securityContext.windowsOptions).hostProcess === true);
  if (isHostProcess) return null;
  return {
    ops: [
      remove(pod.at("hostNetwork")),
      ...(pod.spec.dnsPolicy === "ClusterFirstWithHostNet" ? [set(pod.at("dnsPolicy"), "ClusterFirst")] : []),
      ...removeHostPorts(pod.containers),
    ],
    risk: "may-break",
    note: "Publish the ports through a Service.",
  };
}
