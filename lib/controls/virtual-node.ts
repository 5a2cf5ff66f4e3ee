import { isVirtualNode } from "../inventory/cloud/cloud-provider";
import type { KubeObject } from "../inventory/kube-object";
import { dig } from "../model/json";
import { notApplicable, type Outcome } from "./define";

/** Not applicable to what is no machine; null = it is one. */
export function ofVirtualNode(node: KubeObject): Outcome | null {
  return isVirtualNode(node) ? notApplicable("It is a virtual node, not a machine.") : null;
}

/** Not applicable to what is no machine that runs Linux; null = it is one, as far as it says. */
export function ofNoLinuxNode(node: KubeObject): Outcome | null {
  const isWindows = dig(node.body, "status", "nodeInfo", "operatingSystem") === "windows";
  return ofVirtualNode(node) ?? (isWindows ? notApplicable("The rule is about Linux; this node runs Windows.") : null);
}
