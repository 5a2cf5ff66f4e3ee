import { RUNTIME_DETECTORS } from "../../inventory/data/agents";
import { defineControl } from "../define";
import { judgeNodeAgents } from "../node-agents-answer";

export default defineControl({
  id: "runtime-detection-absent",
  layer: "cluster",
  severity: "medium",
  title: "A runtime threat detector watches every node",
  failure: "has no runtime threat detector on every node",
  why: "What gets past every policy can only be seen while it runs: a shell in a container, a new binary, a call to the metadata service. Without a detector the damage is the first sign.",
  action: "Run a runtime threat detector on every node",
  fix: "Install a runtime detector such as Falco or Tetragon on every node, and send its alerts to people. Detection that the cloud runs outside the cluster cannot be seen here.",
  verify: "kubectl get daemonsets -A",
  lookFor: "A detector, such as Falco or Tetragon, whose READY is the number of nodes, or nearly.",
  tips: ["S6"],
  frameworks: { nsa: ["TD"], owasp: ["K10"] },
  references: ["https://falco.org/docs/", "https://tetragon.io/docs/"],
  aliases: ["cloud-threat-detection-agent"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "always",
  check: (_cluster, context) => judgeNodeAgents(RUNTIME_DETECTORS, context, "No runtime threat detector that we know runs as a DaemonSet."),
  remedy: null,
});
