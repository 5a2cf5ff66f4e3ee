import { dig, records, text } from "../model/json";
import type { CloudProvider } from "./cloud-provider";
import type { KubeObject } from "./kube-object";

/** Address of the service that hands a node's identity to whoever asks; null = the provider has none. */
export function metadataAddressOf(provider: CloudProvider): string | null {
  if (provider === "vsphere") return null;
  return provider === "alibaba" ? "100.100.100.200" : "169.254.169.254";
}

/** The same over IPv6, where nodes have it. */
export function metadataAddressV6Of(provider: CloudProvider, nodes: readonly KubeObject[]): string | null {
  const hasV6 = nodes.some((node) => records(dig(node.body, "status", "addresses")).some((entry) => (text(entry.address) ?? "").includes(":")));
  return provider === "aws" && hasV6 ? "fd00:ec2::254" : null;
}

/** Why pods on a node do not get the node's identity, whatever policies say; null = nothing stands in between. */
export function findMetadataShield(node: KubeObject): string | null {
  if (node.labels["iam.gke.io/gke-metadata-server-enabled"] === "true") return `Node ${node.ref.name} runs the GKE metadata server, which answers with the pod's own identity.`;
  const isAuto = node.labels["eks.amazonaws.com/compute-type"] === "auto" || (text(dig(node.body, "status", "nodeInfo", "osImage")) ?? "").startsWith("Bottlerocket (EKS Auto");
  return isAuto ? `Node ${node.ref.name} is an EKS Auto Mode node, which keeps pods from the node's metadata.` : null;
}
