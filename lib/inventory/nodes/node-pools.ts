import { dig, text } from "../../model/json";
import { isVirtualNode, poolOf } from "../cloud/cloud-provider";
import type { KubeObject } from "../kube-object";
import { isControlPlaneNode } from "../workloads/node-placement";
import { defineView } from "../view";

/** A machine of a pool. */
interface PoolNode {
  readonly name: string;
  /** What it runs, in the fields that should be alike within a pool. */
  readonly build: string;
  /** ISO instant; "" = not told. */
  readonly createdAt: string;
}

export function toPoolNode(node: KubeObject): PoolNode {
  const info = dig(node.body, "status", "nodeInfo");
  const parts = ["osImage", "kernelVersion", "containerRuntimeVersion", "kubeletVersion"].map((field) => text(dig(info, field)) ?? "");
  return { name: node.ref.name, build: parts.join(" | "), createdAt: createdAtOf(node) ?? "" };
}

export function createdAtOf(object: KubeObject): string | undefined {
  return text(dig(object.body, "metadata", "creationTimestamp"));
}

/** Machines by pool, or by instance type where no pool is named; control planes apart. */
export const nodePoolsView = defineView({
  reads: ["nodes"],
  compute: ({ slices }): ((node: KubeObject) => readonly PoolNode[]) => {
    const keyOf = (node: KubeObject): string => {
      return isControlPlaneNode(node)
        ? "control plane"
        : (poolOf(node) ??
            `type ${node.labels["node.kubernetes.io/instance-type"] ?? ""} ${node.labels["kubernetes.io/arch"] ?? ""} ${node.labels["kubernetes.io/os"] ?? ""}`);
    };
    const machines = slices.nodes.filter((node) => !isVirtualNode(node));
    const pools = new Map([...Map.groupBy(machines, keyOf)].map(([key, nodes]) => [key, nodes.map(toPoolNode)]));
    return (node) => pools.get(keyOf(node)) ?? [];
  },
});
