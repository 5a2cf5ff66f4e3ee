import { LOG_SHIPPERS } from "../../inventory/data/agents";
import { defineControl } from "../define";
import { judgeNodeAgents } from "../node-agents-answer";

export default defineControl({
  id: "log-pipeline-absent",
  layer: "cluster",
  severity: "low",
  title: "Logs are shipped off every node",
  failure: "ships no logs off its nodes",
  why: "Container logs live on the node and are lost when it is replaced, or when an intruder deletes them. Only a copy elsewhere still shows what happened.",
  action: "Ship logs off every node",
  fix: "Run a log shipper such as Fluent Bit, Vector or the agent of your provider on every node, and keep the logs outside of the cluster.",
  verify: "kubectl get daemonsets -A",
  lookFor: "A log shipper, such as Fluent Bit, Vector, Alloy or the agent of a provider, whose READY is the number of nodes, or nearly.",
  tips: ["S6"],
  frameworks: { nsa: ["LO"], mitre: ["T1070"], mstm: ["MS-TA9021"], owasp: ["K10"] },
  references: ["https://kubernetes.io/docs/concepts/cluster-administration/logging/"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "always",
  check: (_cluster, context) => judgeNodeAgents(LOG_SHIPPERS, context, "No log shipper that we know runs as a DaemonSet."),
  remedy: null,
});
