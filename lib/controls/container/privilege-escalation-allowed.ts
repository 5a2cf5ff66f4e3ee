import { allowPrivilegeEscalation } from "../../pod-security/checks/allow-privilege-escalation";
import { judgeCheck } from "../../pod-security/judge-check";
import { containersCommand } from "../containers-command";
import { defineControl } from "../define";
import { keepCapabilities } from "../remedies/keep-capabilities";
import { receiveMounts } from "../remedies/receive-mounts";
import { remove, set } from "../remedies/ops";

export default defineControl({
  id: "privilege-escalation-allowed",
  layer: "container",
  severity: "medium",
  title: "Containers forbid privilege escalation",
  failure: "allows privilege escalation",
  why: "A process can gain more rights than its parent through a setuid or setcap file in the image. Forbidding that sets no_new_privs, which no process can take back.",
  action: "Forbid privilege escalation",
  fix: "Set `allowPrivilegeEscalation: false` on every container; there is no pod-level field, and unset means true. The API rejects it together with `privileged: true` or a capability written as CAP_SYS_ADMIN: remove these first. Programs that rely on such files, as sudo does, then fail.",
  verify: `${containersCommand(".securityContext.allowPrivilegeEscalation")} | grep -vE '^[^ ]+( [^ ]+=false)+$'`,
  lookFor: "A container without `false` after its name: unset means true. Pods whose containers all have it are left out.",
  tips: ["S4"],
  frameworks: { pss: ["restricted/allowPrivilegeEscalation"], cis: ["5.2.6", "5.6.3"], nsa: ["PE"], mitre: ["T1548.001", "T1611"], owasp: ["K01"] },
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    "https://www.kernel.org/doc/html/latest/userspace-api/no_new_privs.html",
  ],
  subject: "workload",
  reads: [],
  os: "linux",
  subsumedBy: ["container-privileged"],
  check: ({ pod }, context) => judgeCheck(allowPrivilegeEscalation, pod, context.kubeVersion),
  remedy: ({ containers }) => ({
    ops: [
      // The API refuses this spelling alone; SYS_ADMIN, which the runtime grants, is a finding of its own.
      ...keepCapabilities(containers, (capability) => capability !== "CAP_SYS_ADMIN"),
      ...containers
        .filter(({ securityContext }) => securityContext.privileged === true)
        .flatMap((container) => [remove(container.at("securityContext.privileged")), ...receiveMounts(container)]),
      ...containers
        .filter(({ securityContext }) => securityContext.allowPrivilegeEscalation !== false)
        .map((container) => set(container.at("securityContext.allowPrivilegeEscalation"), false)),
    ],
    risk: "may-break",
  }),
});
