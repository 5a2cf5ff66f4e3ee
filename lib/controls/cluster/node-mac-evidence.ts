import { OS_IMAGE_PATH, osImageOf, recogniseSystem } from "../../inventory/nodes/node-system";
import { dig, records, text } from "../../model/json";
import { defineControl, unknown, weakness } from "../define";
import { ofNoLinuxNode } from "../virtual-node";

const NFD_LABEL = "feature.node.kubernetes.io/kernel-selinux.enabled";
/** These enforce SELinux, and cannot be told not to. */
const ENFORCING = new Set(["bottlerocket", "rhcos", "scos", "fcos"]);

export default defineControl({
  id: "node-mac-evidence",
  layer: "cluster",
  severity: "medium",
  title: "Nodes enforce SELinux or AppArmor",
  failure: "does not enforce SELinux or AppArmor",
  why: "Mandatory access control keeps a process that has broken out of its container away from the files of the node and of other containers.",
  action: "Enforce SELinux or AppArmor on nodes",
  fix: "Use an operating system that enforces SELinux or AppArmor, and keep it enforcing.",
  verify:
    "kubectl get nodes -o custom-columns='NODE:.metadata.name,OS:.status.nodeInfo.osImage,SELINUX:.metadata.labels.feature\\.node\\.kubernetes\\.io/kernel-selinux\\.enabled,READY:.status.conditions[?(@.type==\"Ready\")].message'",
  lookFor:
    "`AppArmor enabled` under READY (newer kubelets no longer say so), `true` under SELINUX, or a system that enforces SELinux by default. Otherwise look on the node itself.",
  tips: ["S4"],
  frameworks: { nsa: ["HC"], mitre: ["T1611"] },
  references: ["https://kubernetes.io/docs/tutorials/security/apparmor/", "https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/"],
  subject: "node",
  reads: [],
  check: (node) => {
    const other = ofNoLinuxNode(node);
    if (other) return other;
    if (node.labels[NFD_LABEL] === "true")
      return { state: "pass", notes: [weakness(`metadata.labels["${NFD_LABEL}"]`, "true", "Node Feature Discovery saw SELinux.")] };
    const index = records(dig(node.body, "status", "conditions")).findIndex(
      (item) => item.type === "Ready" && (text(item.message) ?? "").includes("AppArmor enabled"),
    );
    if (index >= 0) return { state: "pass", notes: [weakness(`status.conditions[${index}].message`, "AppArmor enabled", "The kubelet reports AppArmor.")] };
    const system = recogniseSystem(node);
    if (system && ENFORCING.has(system.id)) return { state: "pass", notes: [weakness(OS_IMAGE_PATH, osImageOf(node), `${system.name} enforces SELinux.`)] };
    return unknown("The API does not show whether the node enforces SELinux or AppArmor, and nothing else gives it away.");
  },
  remedy: null,
});
