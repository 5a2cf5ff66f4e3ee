import type { Severity } from "../../model/severity";
import { seLinuxOptions } from "../../pod-security/checks/se-linux-options";
import { judgeCheck } from "../../pod-security/judge-check";
import { containersCommand, failsBeside } from "../containers-command";
import { defineControl } from "../define";
import { removeAll } from "../remedies/ops";

/** Types that SELinux does not confine at all. */
const UNCONFINED: ReadonlySet<unknown> = new Set(["spc_t", "unconfined_t"]);

export default defineControl({
  id: "selinux-custom-options",
  layer: "container",
  severity: "medium",
  maxSeverity: "high",
  title: "Containers keep the SELinux type, user and role of containers",
  failure: "sets its own SELinux type, user or role",
  why: "On nodes with SELinux the container types keep a process away from the files of the node and of other containers. Another type, user or role may lift that; `spc_t` lifts all of it.",
  action: "Restore the SELinux type of containers",
  fix: "Delete `seLinuxOptions.user` and `.role`, and delete `.type` or set it to `container_t`. The `level` is free.",
  verify: `${containersCommand(".securityContext.seLinuxOptions", { pod: ".spec.securityContext.seLinuxOptions" })}${failsBeside('"type":"container_(init_|kvm_)?t"', '"(user|role|type)":')}`,
  lookFor:
    "A user or a role, or a type that is not a container type, such as `spc_t`. `container_engine_t` is one from Kubernetes 1.31 on. No output: none sets any of these.",
  tips: ["S4"],
  frameworks: { pss: ["baseline/seLinuxOptions"], cis: ["5.6.3"], nsa: ["PE", "HC"], mitre: ["T1611"], owasp: ["K01"] },
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#assign-selinux-labels-to-a-container",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],
  subject: "workload",
  reads: [],
  os: "linux",
  check: ({ pod }, context) => {
    const outcome = judgeCheck(seLinuxOptions, pod, context.kubeVersion);
    if ("state" in outcome) return outcome;
    return outcome.map((violation) => ({ ...violation, severity: (UNCONFINED.has(violation.value) ? "high" : "medium") satisfies Severity }));
  },
  remedy: (_, weaknesses) => ({ ops: removeAll(weaknesses.map(({ path }) => path)), risk: "may-break" }),
});
