import { controlPlaneView } from "../../inventory/nodes/control-plane";
import { findAuditGap } from "../audit-gap";
import { componentAnswer } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl } from "../define";

export default defineControl({
  id: "apiserver-audit-log",
  layer: "cluster",
  severity: "high",
  title: "The API server keeps an audit log",
  failure: "keeps no audit log",
  why: "The audit log is the only record of who read which Secret and who changed which role. Without it an incident cannot be reconstructed, and often not even noticed.",
  action: "Turn the API server's audit log on",
  fix: flagsFix(
    "Set --audit-policy-file and --audit-log-path, or --audit-webhook-config-file, and ship the log off the node. Record Secrets at the level Metadata, or the log holds them.",
    "kube-apiserver",
  ),
  verify: flagsCommand("kube-apiserver", "--audit-(policy-file|log-path|webhook-config-file)"),
  lookFor: flagsLookFor("No `--audit-policy-file`, or neither `--audit-log-path` nor `--audit-webhook-config-file`."),
  tips: ["S1", "S6"],
  frameworks: { cis: ["1.2.16", "3.2.1"], nsa: ["LO"], mitre: ["T1562.008"], owasp: ["K10"] },
  references: ["https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/"],
  aliases: ["apiserver-audit-policy"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) =>
    componentAnswer(context.view(controlPlaneView), "kube-apiserver", (instance) => {
      const gap = findAuditGap(instance);
      return gap ? [gap] : [];
    }),
  remedy: null,
});
