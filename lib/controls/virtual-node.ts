import { isVirtualNode } from "../inventory/cloud/cloud-provider";
import type { KubeObject } from "../inventory/kube-object";
import { notApplicable, type Outcome } from "./define";

/** Not applicable to what is no machine; null = it is one. */
export function ofVirtualNode(node: KubeObject): Outcome | null {
  return isVirtualNode(node) ? notApplicable("It is a virtual node, not a machine.") : null;
}
