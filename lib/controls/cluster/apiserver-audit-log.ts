import { type ComponentInstance, controlPlaneView } from "../../inventory/control-plane";
import { componentAnswer, flagWeakness, openWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl, type Weakness } from "../define";

const RETENTION = [
  ["audit-log-maxage", 30, "days"],
  ["audit-log-maxbackup", 10, "files"],
  ["audit-log-maxsize", 100, "MB"],
] as const;

function judge(instance: ComponentInstance): Weakness[] {
  const { flags } = instance;
  const path = flags.get("audit-log-path");
  if (!path && !flags.get("audit-webhook-config-file"))
    return [flagWeakness(instance, "audit-log-path", "Audit events go nowhere: neither a log file nor a webhook is set.")];
  if (!flags.get("audit-policy-file")) return [flagWeakness(instance, "audit-policy-file", "Without a policy file nothing is written to the audit log.")];
  if (!path || path.value === "-") {
    const goal = path ? "standard output" : "a webhook";
    return RETENTION.map(([flag]) =>
      openWeakness(instance, flag, `Audit events go to ${goal}, where --${flag} does nothing: look how long they are kept there.`),
    );
  }
  return RETENTION.filter(([flag, least]) => !(Number(flags.get(flag)?.value ?? 0) >= least)).map(([flag, least, unit]) =>
    flagWeakness(instance, flag, `--${flag} is ${flags.get(flag)?.value ?? "not set"}; it should be ${least} ${unit} or more.`, { severity: "low" }),
  );
}

export default defineControl({
  id: "apiserver-audit-log",
  layer: "cluster",
  severity: "high",
  title: "The API server keeps an audit log",
  failure: "keeps no audit log, or sets no retention that is long enough",
  why: "The audit log is the only record of who read which Secret and who changed which role. Without it an incident cannot be reconstructed, and often not even noticed.",
  action: "Turn the API server's audit log on",
  fix: flagsFix(
    "Set --audit-policy-file and --audit-log-path, with --audit-log-maxage=30, --audit-log-maxbackup=10 and --audit-log-maxsize=100, or --audit-webhook-config-file, and ship the log off the node.",
    "kube-apiserver",
  ),
  verify: flagsCommand("component=kube-apiserver", "--audit"),
  lookFor: flagsLookFor(
    "No `--audit-policy-file`, neither `--audit-log-path` nor `--audit-webhook-config-file`, or a log kept for less than 30 days, 10 files or 100 MB each. With a webhook alone, or `-` as the path, look how long events are kept there.",
  ),
  tips: ["S1", "S6"],
  frameworks: { cis: ["1.2.16", "1.2.17", "1.2.18", "1.2.19", "3.2.1"], nsa: ["LO"], mitre: ["T1562.008"], owasp: ["K10"] },
  references: ["https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/"],
  aliases: ["apiserver-audit-policy", "apiserver-audit-maxage", "apiserver-audit-maxbackup", "apiserver-audit-maxsize"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  check: (_cluster, context) => componentAnswer(context.view(controlPlaneView), "kube-apiserver", judge),
  remedy: null,
});
