import { dig, records, text } from "../../model/json";
import { type CloudProvider, isAutopilotNode, isFargateNode, providerIdOf } from "./cloud-provider";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";

/** Address of the service that hands a node's identity to whoever asks; null = the provider has none. */
function metadataAddressOf(provider: CloudProvider): string | null {
  if (provider === "vsphere") return null;
  return provider === "alibaba" ? "100.100.100.200" : "169.254.169.254";
}

/** Why pods on a node do not get the node's identity, whatever policies say; null = nothing stands in between. */
function findMetadataShield(node: KubeObject): string | null {
  if (isAutopilotNode(node) && providerIdOf(node).startsWith("gce://"))
    return `Node ${node.ref.name} is one of GKE Autopilot, where pods only reach the GKE metadata server.`;
  if (node.labels["iam.gke.io/gke-metadata-server-enabled"] === "true")
    return `Node ${node.ref.name} runs the GKE metadata server, which answers with the pod's own identity.`;
  if (isFargateNode(node)) return `Node ${node.ref.name} is one of Fargate, where pods have no metadata service.`;
  if (providerIdOf(node).startsWith("eks-hybrid://"))
    return `Node ${node.ref.name} is a hybrid node of EKS, a machine outside of the cloud without its metadata service.`;
  const isAuto =
    node.labels["eks.amazonaws.com/compute-type"] === "auto" ||
    (text(dig(node.body, "status", "nodeInfo", "osImage")) ?? "").startsWith("Bottlerocket (EKS Auto");
  return isAuto ? `Node ${node.ref.name} is an EKS Auto Mode node, which keeps pods from the node's metadata.` : null;
}

/** What nodes say about their metadata service, asked once per inventory: thousands of workloads want to know. */
export interface MetadataService {
  /** The first shield when every node that runs a workload has one; null = some node has none. A workload without pods may run anywhere. */
  readonly findShield: (nodeNames: readonly string[]) => string | null;
  /** The addresses that it answers on with a provider; empty = it has none. */
  readonly addressesOf: (provider: CloudProvider) => readonly string[];
}

function hasAddressV6(node: KubeObject): boolean {
  return records(dig(node.body, "status", "addresses")).some((entry) => (text(entry.address) ?? "").includes(":"));
}

export const metadataServiceView = defineView({
  reads: ["nodes"],
  compute: ({ slices }): MetadataService => {
    const shields = new Map(slices.nodes.map((node) => [node.ref.name, findMetadataShield(node)]));
    const everywhere = [...shields.values()];
    const hasShields = everywhere.some((shield) => shield !== null);
    const hasV6 = slices.nodes.some(hasAddressV6);
    return {
      findShield: (nodeNames) => {
        if (!hasShields) return null;
        const known = nodeNames.map((name) => shields.get(name)).filter((shield) => shield !== undefined);
        const own = known.length > 0 ? known : everywhere;
        return own.every((shield) => shield !== null) ? (own[0] ?? null) : null;
      },
      addressesOf: (provider) => {
        const address = metadataAddressOf(provider);
        if (address === null) return [];
        return provider === "aws" && hasV6 ? [address, "fd00:ec2::254"] : [address];
      },
    };
  },
});
