import type { JsonRecord } from "../../model/json";
import type { Component } from "./control-plane";
import { node, pod } from "../testing";

/** A mirror pod, as the kubelet makes it for a static pod of the control plane. */
export function componentPod(component: Component, flags: readonly string[], part: JsonRecord = {}): JsonRecord {
  const { node: nodeName = "cp-1", container = {} } = part;
  return pod({
    name: `${component}-${String(nodeName)}`,
    namespace: "kube-system",
    annotations: { "kubernetes.io/config.mirror": "1a2b" },
    podLabels: { component, tier: "control-plane" },
    ownerReferences: [{ apiVersion: "v1", kind: "Node", name: String(nodeName), controller: true, uid: "1" }],
    podSpec: { nodeName: String(nodeName) },
    container: { name: component, image: `registry.k8s.io/${component}:v1.36.1`, command: [component, ...flags], ...(container as JsonRecord) },
  });
}

export function controlPlaneNode(name = "cp-1"): JsonRecord {
  return node({ name, labels: { "node-role.kubernetes.io/control-plane": "" } });
}

/** Makes a control plane of one node that shows one component, started with the given flags. */
export function controlPlaneOf(component: Component): (...flags: string[]) => readonly JsonRecord[] {
  return (...flags) => [controlPlaneNode(), componentPod(component, flags)];
}

/** A node as K3s, or another program of its kind, annotates it. */
export function nodeStartedWith(args: readonly string[], { name = "s1", program = "k3s" } = {}): JsonRecord {
  return node({ name, labels: { "node-role.kubernetes.io/control-plane": "true" }, annotations: { [`${program}.io/node-args`]: JSON.stringify(args) } });
}
