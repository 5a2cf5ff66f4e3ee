import { dig, text } from "../model/json";
import { isControlPlaneNode, isVirtualNode, poolOf } from "./cloud-provider";
import type { KubeObject } from "./kube-object";
import { defineView } from "./view";

/** What a node runs, in the fields that should be alike within a pool. */
export function readBuild(node: KubeObject): readonly string[] {
  const info = dig(node.body, "status", "nodeInfo");
  return ["osImage", "kernelVersion", "containerRuntimeVersion", "kubeletVersion"].map((field) => text(dig(info, field)) ?? "");
}

export function createdAtOf(object: KubeObject): string | undefined {
  return text(dig(object.body, "metadata", "creationTimestamp"));
}

/** Machines by pool, or by instance type where no pool is named; control planes apart. */
export const nodePoolsView = defineView({
  reads: ["nodes"],
  compute: ({ slices }): ((node: KubeObject) => readonly KubeObject[]) => {
    const keyOf = (node: KubeObject): string => {
      return isControlPlaneNode(node)
        ? "control plane"
        : (poolOf(node) ??
            `type ${node.labels["node.kubernetes.io/instance-type"] ?? ""} ${node.labels["kubernetes.io/arch"] ?? ""} ${node.labels["kubernetes.io/os"] ?? ""}`);
    };
    const pools = Map.groupBy(
      slices.nodes.filter((node) => !isVirtualNode(node)),
      keyOf,
    );
    return (node) => pools.get(keyOf(node)) ?? [];
  },
});
