import { RUNTIME_DETECTORS } from "../../inventory/data/agents";
import { coverageOf, findAgents } from "../../inventory/find-agents";
import { defineControl, notApplicable, type Outcome, weakness } from "../define";

const ENOUGH = 0.9;

export default defineControl({
  id: "runtime-detection-absent",
  layer: "cluster",
  severity: "medium",
  title: "A runtime threat detector watches every node",
  failure: "has no runtime threat detector on every node",
  why: "What gets past every policy is only seen while it runs: a shell in a container, a new binary, a call to the metadata service. Without a detector the first sign is the damage.",
  fix: "Install a runtime detector such as Falco or Tetragon on every node, and send its alerts to people. Detection that the cloud runs outside of the cluster is not visible here.",
  verify: "kubectl get daemonsets -A",
  tips: ["S6"],
  frameworks: { cis: ["3.2.2"], nsa: ["TD"], owasp: ["K10"] },
  references: ["https://falco.org/docs/", "https://tetragon.io/docs/"],
  aliases: ["cloud-threat-detection-agent"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "always",
  check: (_cluster, { slices }): Outcome => {
    if (slices.workloads.length === 0) return notApplicable("Nothing runs here.");
    const agents = findAgents(slices.workloads, RUNTIME_DETECTORS).filter(({ workload }) => workload.ref.kind === "DaemonSet");
    if (agents.length === 0) return [weakness("", undefined, "No runtime threat detector that we know runs in the cluster.")];
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
