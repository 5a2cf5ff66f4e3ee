import { dig, text } from "../../model/json";
import { NODE_SYSTEMS, type NodeSystem } from "../data/node-systems";
import type { KubeObject } from "../kube-object";

/** The operating system of a node, as far as its image name tells. */
export interface RecognisedSystem extends Omit<NodeSystem, "pattern"> {
  /** "" when the name does not say. */
  readonly version: string;
}

export const OS_IMAGE_PATH = "status.nodeInfo.osImage";

/** The name that the node gives itself; undefined when it gives none. */
export function osImageOf(node: KubeObject): string | undefined {
  return text(dig(node.body, "status", "nodeInfo", "osImage")) || undefined;
}

/** AKS names some of its systems only in a label. */
function fromLabel(node: KubeObject): RecognisedSystem | null {
  const sku = node.labels["kubernetes.azure.com/os-sku-effective"] ?? node.labels["kubernetes.azure.com/os-sku"];
  if (sku === "AzureContainerLinux" || sku === "AzureLinuxOSGuard")
    return { id: "azure-container-linux", name: "Azure Container Linux", class: "container", version: "" };
  return null;
}

export function recogniseSystem(node: KubeObject): RecognisedSystem | null {
  const image = osImageOf(node) ?? "";
  for (const { pattern, ...system } of NODE_SYSTEMS) {
    const found = pattern.exec(image);
    if (found) return { ...system, version: found[1] ?? "" };
  }
  return fromLabel(node);
}
