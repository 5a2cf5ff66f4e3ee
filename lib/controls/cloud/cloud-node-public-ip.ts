import { platformView } from "../../inventory/cloud/cloud-provider";
import { hidesAddresses, listPublicAddresses } from "../../inventory/nodes/public-node";
import { cloudAnswer } from "../cloud-answer";
import { defineControl, unknown, weakness } from "../define";
import { ofVirtualNode } from "../virtual-node";

export default defineControl({
  id: "cloud-node-public-ip",
  layer: "cloud",
  severity: "high",
  title: "Nodes have no public address",
  failure: "has a public address",
  why: "A node with an address on the internet can be probed and attacked directly: its kubelet, node ports and every host port are one firewall rule away from anyone.",
  action: "Take public addresses off nodes",
  fix: "Put nodes into private subnets with a NAT gateway, which they pull images through, and reach them through load balancers. EKS: private subnets for node groups; GKE: private nodes; AKS: `enableNodePublicIP: false`.",
  verify: "kubectl get nodes -o wide",
  lookFor: "A public address under EXTERNAL-IP, or under INTERNAL-IP.",
  tips: ["S1", "S2"],
  frameworks: { nsa: ["NP", "WN", "CL"], mitre: ["T1133", "T1190"], owasp: ["K06"] },
  references: [
    "https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html",
    "https://cloud.google.com/kubernetes-engine/docs/concepts/private-cluster-concept",
  ],
  subject: "node",
  reads: ["nodes"],
  check: (node, context) => {
    const virtual = ofVirtualNode(node);
    if (virtual) return virtual;
    if (hidesAddresses(node)) return unknown("The node reports no address.");
    const found = listPublicAddresses(node).map(({ index, type, address }) =>
      weakness(`status.addresses[${index}]`, `${type} ${address}`, `The node reports the public address ${address}.`),
    );
    return cloudAnswer(context.view(platformView), found);
  },
  remedy: null,
});
