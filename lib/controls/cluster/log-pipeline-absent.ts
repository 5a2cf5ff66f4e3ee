import { LOG_SHIPPERS } from "../../inventory/data/agents";
import { coverageOf, findAgents } from "../../inventory/find-agents";
import { defineControl, notApplicable, type Outcome, weakness } from "../define";

const ENOUGH = 0.9;

export default defineControl({
  id: "log-pipeline-absent",
  layer: "cluster",
  severity: "low",
  title: "Logs are shipped off every node",
  failure: "ships no logs off its nodes",
  why: "Container logs live on the node and are gone when it is replaced, or when an intruder wipes them. Only a copy elsewhere tells what happened.",
  fix: "Run a log shipper such as Fluent Bit, Vector or the agent of your provider on every node, and keep the logs outside of the cluster.",
  verify: "kubectl get daemonsets -A",
  tips: ["S6"],
  frameworks: { nsa: ["LO"], mitre: ["T1070"], owasp: ["K10"] },
  references: ["https://kubernetes.io/docs/concepts/cluster-administration/logging/"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "always",
  check: (_cluster, { slices }): Outcome => {
    if (slices.workloads.length === 0) return notApplicable("Nothing runs here.");
    const agents = findAgents(slices.workloads, LOG_SHIPPERS).filter(({ workload }) => workload.ref.kind === "DaemonSet");
    if (agents.length === 0) return [weakness("", undefined, "No log shipper that we know runs on the nodes.")];
    const measured = agents.map((agent) => ({ agent, coverage: coverageOf(agent, slices.nodes) }));
    const full = measured.find(({ coverage }) => coverage === null || coverage.covered >= coverage.machines * ENOUGH);
    if (full)
      return {
        state: "pass",
        notes: [
          weakness("", full.agent.name, `${full.agent.name} runs as DaemonSet ${full.agent.workload.ref.namespace}/${full.agent.workload.ref.name}.`, {
            object: full.agent.workload.ref,
          }),
        ],
      };
    return measured.map(({ agent, coverage }) => {
      const missing = coverage && coverage.without.length > 0 ? ` Not on ${coverage.without.slice(0, 10).join(", ")}.` : "";
      return weakness("", agent.name, `${agent.name} runs on ${coverage?.covered ?? 0} of ${coverage?.machines ?? 0} nodes.${missing}`, {
        object: agent.workload.ref,
      });
    });
  },
  remedy: null,
});
