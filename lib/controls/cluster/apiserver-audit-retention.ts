import { toInteger } from "../../inventory/nodes/component-flags";
import { type ComponentInstance, controlPlaneView } from "../../inventory/nodes/control-plane";
import { isSinceMinor } from "../../inventory/values/kube-version";
import { findAuditGap } from "../audit-gap";
import { componentAnswer, flagWeakness, openWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl, type Weakness } from "../define";

/** The least that is asked for, and what a server keeps that is told nothing, from `DEFAULTS_SINCE` on. */
const RETENTION = [
  ["audit-log-maxage", 30, 366, "days"],
  ["audit-log-maxbackup", 10, 100, "files"],
  ["audit-log-maxsize", 100, 100, "MB"],
] as const;

/** The minor version; earlier servers keep every file. */
const DEFAULTS_SINCE = 36;

function judge(instance: ComponentInstance, hasDefaults: boolean): Weakness[] {
  const gap = findAuditGap(instance);
  if (gap) return [gap];
  const { flags } = instance;
  const path = flags.get("audit-log-path");
  if (!path || path.value === "-") {
    const goal = path ? "standard output" : "a webhook";
    const open = RETENTION.map(([flag]) =>
      openWeakness(instance, flag, `Audit events go to ${goal}, where --${flag} does nothing: look how long they are kept there.`),
    );
    return path
      ? open
      : [...open, openWeakness(instance, "audit-log-path", "Audit events go to a webhook alone: look whether what receives them writes a log.")];
  }
  return RETENTION.flatMap(([flag, least, byDefault, unit]) => {
    const written = flags.get(flag);
    const count = written || !hasDefaults ? toInteger(written) : byDefault;
    if ((count ?? 0) >= least) return [];
    // Of days and files 0 means any number.
    const limit = !count ? ", so no limit is chosen" : "";
    return flagWeakness(instance, flag, `--${flag} is ${count ?? written?.value ?? "not set"}${limit}; it should be ${least} ${unit} or more.`);
  });
}

export default defineControl({
  id: "apiserver-audit-retention",
  layer: "cluster",
  severity: "low",
  title: "The API server's audit log is kept long enough, within limits",
  failure: "keeps its audit log for too short a time, or sets no limits for it",
  why: "Most intrusions are found weeks later. A log that was overwritten by then says nothing of how somebody came in; one without limits may fill the disk.",
  action: "Keep the API server's audit log for longer",
  fix: flagsFix("Set --audit-log-maxage=30, --audit-log-maxbackup=10 and --audit-log-maxsize=100, and ship the log off the node.", "kube-apiserver"),
  verify: flagsCommand("kube-apiserver", "--audit"),
  lookFor: flagsLookFor(
    "`--audit-log-maxage` below 30, `--audit-log-maxbackup` below 10 or `--audit-log-maxsize` below 100, or one of them missing before Kubernetes 1.36, which keeps 100 files of 100 MB for 366 days by default. With a webhook alone, or `-` as the path, look how long events are kept there.",
  ),
  tips: ["S1", "S6"],
  frameworks: { cis: ["1.2.17", "1.2.18", "1.2.19"], nsa: ["LO"], mitre: ["T1562.008"], owasp: ["K10"] },
  references: ["https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/#log-backend"],
  aliases: ["apiserver-audit-maxage", "apiserver-audit-maxbackup", "apiserver-audit-maxsize"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  // What is not recorded is not kept: that is the other control's to say.
  subsumedBy: ["apiserver-audit-log"],
  check: (_cluster, context) => {
    const hasDefaults = context.kubeVersion !== null && isSinceMinor(context.kubeVersion, DEFAULTS_SINCE);
    return componentAnswer(context.view(controlPlaneView), "kube-apiserver", (instance) => judge(instance, hasDefaults));
  },
  remedy: null,
});
