import { seccompProfileRestricted } from "../../pod-security/checks/seccomp-profile-restricted";
import { judgeCheck } from "../../pod-security/judge-check";
import { containersCommand, UNSET_IN_BOTH } from "../containers-command";
import { defineControl } from "../define";
import { defaultSeccomp } from "../remedies/default-seccomp";

export default defineControl({
  id: "seccomp-not-set",
  layer: "container",
  severity: "medium",
  title: "Containers have a seccomp profile",
  failure: "has no seccomp profile",
  why: "On most nodes unset means unconfined: the process may make every system call. Whether the kubelet fills in a default cannot be seen in the cluster's objects, and Pod Security admission does not count it.",
  action: "Set the seccomp profile RuntimeDefault",
  fix: "Set `securityContext.seccompProfile.type: RuntimeDefault` for the pod. Few programs need more, such as debuggers and some that use io_uring: give those a profile of their own (`Localhost`).",
  verify: `${containersCommand(".securityContext.seccompProfile.type", { pod: ".spec.securityContext.seccompProfile.type" })} | grep -E '${UNSET_IN_BOTH}'`,
  lookFor: "A container with nothing after its name, where `pod=` is empty too. Other pods are left out.",
  tips: ["S4"],
  frameworks: { pss: ["restricted/seccompProfile_restricted"], cis: ["5.6.2"], nsa: ["PE", "HC"], mitre: ["T1611"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/tutorials/security/seccomp/", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  subject: "workload",
  reads: [],
  os: "linux",
  subsumedBy: ["container-privileged", "seccomp-unconfined"],
  check: ({ pod }, context) => judgeCheck(seccompProfileRestricted, pod, context.kubeVersion),
  remedy: ({ pod }) => ({ ops: defaultSeccomp(pod), risk: "may-break" }),
});
