import { isVirtualNode } from "../../inventory/cloud-provider";
import { daysBetween } from "../../inventory/days";
import { createdAtOf, nodePoolsView, readBuild } from "../../inventory/node-pools";
import { defineControl, notApplicable, weakness } from "../define";

const GRACE_DAYS = 7;

export default defineControl({
  id: "node-drift",
  layer: "cluster",
  severity: "low",
  title: "Nodes of a pool run the same versions",
  failure: "runs older versions than the rest of its pool",
  why: "A node that an update left behind keeps the flaws that the update fixed, and nobody looks for them there.",
  action: "Replace nodes that updates left behind",
  fix: "Drain the node and let the pool replace it.",
  verify: "kubectl get nodes -o wide",
  lookFor: "A node whose VERSION, OS-IMAGE, KERNEL-VERSION or CONTAINER-RUNTIME is not that of a younger node of its pool.",
  tips: ["S4"],
  frameworks: { nsa: ["UP"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/"],
  subject: "node",
  reads: ["nodes"],
  check: (node, context) => {
    if (isVirtualNode(node)) return notApplicable("It is a virtual node, not a machine.");
    const pool = context.view(nodePoolsView)(node);
    if (pool.length < 2) return notApplicable("The node is the only one of its pool.");
    const own = readBuild(node).join(" | ");
    const age = createdAtOf(node) ?? "";
    const newer = pool.filter((other) => readBuild(other).join(" | ") !== own && (createdAtOf(other) ?? "") > age);
    if (newer.length === 0 || !(daysBetween(age, context.observedAt) > GRACE_DAYS)) return [];
    const [other] = newer;
    return [weakness("status.nodeInfo", own, `${other?.ref.name} of the same pool is newer and runs ${other ? readBuild(other).join(" | ") : ""}.`)];
  },
  remedy: null,
});
