import { platformView } from "../../inventory/cloud/cloud-provider";
import { OS_IMAGE_PATH, osImageOf, recogniseSystem } from "../../inventory/nodes/node-system";
import { defineControl, notApplicable, unknown, weakness } from "../define";
import { ofVirtualNode } from "../virtual-node";

export default defineControl({
  id: "node-container-os",
  layer: "cluster",
  severity: "medium",
  title: "Nodes run an operating system made for containers",
  failure: "runs a general-purpose operating system",
  why: "A general-purpose system has package managers, shells and services that no pod needs and every attacker can use. A system made for containers is small, read-only and replaced as a whole.",
  action: "Run nodes on a system made for containers",
  fix: "Move node pools to Bottlerocket, Container-Optimized OS, Azure Linux, Talos or Flatcar, one pool at a time.",
  verify: "kubectl get nodes -o custom-columns=NAME:.metadata.name,OS:.status.nodeInfo.osImage",
  lookFor: "Ubuntu, Debian, Red Hat, Amazon Linux and the like are general-purpose systems.",
  tips: ["S4"],
  frameworks: { nsa: ["WN", "UP"], mitre: ["T1611", "T1068"], owasp: ["K07"] },
  references: [
    "https://docs.aws.amazon.com/eks/latest/best-practices/protecting-the-infrastructure.html",
    "https://cloud.google.com/container-optimized-os/docs/concepts/security",
  ],
  subject: "node",
  reads: ["nodes"],
  check: (node, context) => {
    const virtual = ofVirtualNode(node);
    if (virtual) return virtual;
    if (context.view(platformView).isLocal) return notApplicable("The cluster runs on one machine for trying things.");
    const image = osImageOf(node);
    const system = recogniseSystem(node);
    if (!system) return unknown(image ? `The operating system "${image}" is not one that we know.` : "The node does not say which operating system it runs.");
    if (system.class === "windows") return notApplicable("The rule is about Linux; this node runs Windows.");
    if (system.class === "local") return notApplicable(`${system.name} is used on machines for trying things.`);
    if (system.class === "container") return { state: "pass", notes: [weakness(OS_IMAGE_PATH, image, `${system.name} is made for containers.`)] };
    return [weakness(OS_IMAGE_PATH, image, `${system.name} is a general-purpose system.`)];
  },
  remedy: null,
});
