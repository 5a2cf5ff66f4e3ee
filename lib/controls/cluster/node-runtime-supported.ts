import { platformView } from "../../inventory/cloud/cloud-provider";
import { CONTAINERD_ENDS, RUNTIME_RELEASES_AS_OF } from "../../inventory/data/runtime-releases";
import { KUBERNETES_RELEASES } from "../../inventory/data/kubernetes-releases";
import { isPast } from "../../inventory/values/days";
import { dig, text } from "../../model/json";
import { defineControl, type Outcome, unknown, weakness } from "../define";
import { ofVirtualNode } from "../virtual-node";

const PATH = "status.nodeInfo.containerRuntimeVersion";

/** The end of a runtime's line; null = not in our tables, "" = ended long ago. */
function findEnd(name: string, minor: string): string | null {
  if (name === "containerd") return CONTAINERD_ENDS[minor] ?? (/^1\.[0-3]$/.test(minor) ? "" : null);
  if (name !== "cri-o" || !minor.startsWith("1.")) return null;
  const number = Number(minor.slice(2));
  const known = Object.keys(KUBERNETES_RELEASES).map(Number);
  return KUBERNETES_RELEASES[number]?.endOfLife ?? (number < Math.min(...known) ? "" : null);
}

export default defineControl({
  id: "node-runtime-supported",
  layer: "cluster",
  severity: "high",
  title: "The container runtime of every node is supported",
  failure: "runs a container runtime that is out of support",
  why: "The runtime separates containers from the node. A flaw in it, as runc has had several times, opens every node that is not patched.",
  action: "Replace nodes whose runtime is out of support",
  fix: "Replace the node pool with one that has a supported containerd or CRI-O.",
  verify: "kubectl get nodes -o custom-columns=NAME:.metadata.name,RUNTIME:.status.nodeInfo.containerRuntimeVersion",
  lookFor: "Compare RUNTIME with the releases that its project still supports.",
  tips: ["S4"],
  frameworks: { nsa: ["UP"], mitre: ["T1611"], owasp: ["K07"] },
  references: ["https://containerd.io/releases/", "https://kubernetes.io/docs/setup/production-environment/container-runtimes/"],
  subject: "node",
  reads: ["nodes"],
  check: (node, context): Outcome => {
    const virtual = ofVirtualNode(node);
    if (virtual) return virtual;
    const value = text(dig(node.body, "status", "nodeInfo", "containerRuntimeVersion"));
    const found = /^([\w-]+):\/\/v?(\d+\.\d+)/.exec(value ?? "");
    if (!value || !found) return unknown("The node does not say which container runtime it runs.");
    const [, name = "", minor = ""] = found;
    if (name === "docker")
      return [
        weakness(PATH, value, "Kubernetes removed its own support for Docker Engine in 1.24; newer kubelets reach it only through the adapter cri-dockerd."),
      ];
    const end = findEnd(name, minor);
    if (end === null) return unknown(`Our table of ${RUNTIME_RELEASES_AS_OF} has no dates for ${value}.`);
    const { observedAt } = context;
    if (end !== "" && !isPast(end, observedAt))
      return { state: "pass", notes: [weakness(PATH, value, `${name} ${minor} is supported until ${end} (table of ${RUNTIME_RELEASES_AS_OF}).`)] };
    const ended = end === "" ? "ended years ago" : `ended on ${end}`;
    const { isManaged, distribution } = context.view(platformView);
    if (distribution === "openshift")
      return unknown(`Its project's support of ${name} ${minor} ${ended}; until when OpenShift has fixes for it is not in our tables.`);
    const vendor = isManaged ? " The vendor of the nodes may still patch it." : "";
    return [
      weakness(PATH, value, `Support of ${name} ${minor} ${ended} (table of ${RUNTIME_RELEASES_AS_OF}).${vendor}`, isManaged ? { severity: "medium" } : {}),
    ];
  },
  remedy: null,
});
