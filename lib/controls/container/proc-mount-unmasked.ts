import { toPart } from "../../model/clause-part";
import type { Severity } from "../../model/severity";
import { procMount, procMountRestricted } from "../../pod-security/checks/proc-mount";
import { judgeCheck } from "../../pod-security/judge-check";
import { containersCommand } from "../containers-command";
import { defineControl } from "../define";
import { removeAll } from "../remedies/ops";

export default defineControl({
  id: "proc-mount-unmasked",
  layer: "container",
  severity: "medium",
  title: "Containers see /proc masked",
  failure: "sees /proc unmasked",
  why: "The mask hides kernel keys, memory and settings of the node, and keeps parts of /proc read-only. Without it a root process can read and change them; in a user namespace far less of it can be reached.",
  action: "Mask /proc again",
  fix: "Delete `procMount` or set it to `Default`.",
  verify: `${containersCommand(".securityContext.procMount", { hostUsers: ".spec.hostUsers" })} | grep '=Unmasked'`,
  lookFor: "A container with `Unmasked` after its name. `hostUsers=false` makes it less severe. No output: /proc is masked everywhere.",
  tips: ["S4"],
  frameworks: { pss: ["baseline/procMount", "restricted/procMount_restricted"], cis: ["5.6.3"], nsa: ["PE"], mitre: ["T1611"], owasp: ["K01"] },
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#proc-access",
  ],
  subject: "workload",
  reads: [],
  os: "linux",
  subsumedBy: ["container-privileged"],
  check: ({ pod }, context) => {
    const outcome = judgeCheck(procMountRestricted, pod, context.kubeVersion);
    if ("state" in outcome) return outcome;
    const severity: Severity = pod.spec.hostUsers === false ? "low" : "medium";
    const refused = judgeCheck(procMount, pod, context.kubeVersion);
    const atBaseline = new Set("state" in refused ? [] : refused.map(({ path }) => path));
    return outcome.map((violation) => ({ ...violation, severity, check: toPart(atBaseline.has(violation.path) ? "baseline" : "restricted", "procMount") }));
  },
  remedy: (_, weaknesses) => ({ ops: removeAll(weaknesses.map(({ path }) => path)), risk: "may-break" }),
});
