import { daysBetween } from "../../inventory/values/days";
import { nodePoolsView, toPoolNode } from "../../inventory/nodes/node-pools";
import { defineControl, notApplicable, weakness } from "../define";
import { ofVirtualNode } from "../virtual-node";

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
  wholeCluster: "pass",
  check: (node, context) => {
    const virtual = ofVirtualNode(node);
    if (virtual) return virtual;
    const pool = context.view(nodePoolsView)(node);
    if (pool.length < 2) return notApplicable("The node is the only one of its pool.");
    const { build, createdAt } = toPoolNode(node);
    const newer = pool.find((other) => other.createdAt > createdAt && other.build !== build);
    if (!newer || !(daysBetween(createdAt, context.observedAt) > GRACE_DAYS)) return [];
    return [weakness("status.nodeInfo", build, `${newer.name} of the same pool is newer and runs ${newer.build}.`)];
  },
  remedy: null,
});
