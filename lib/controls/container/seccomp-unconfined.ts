import { seccompProfileBaseline } from "../../pod-security/checks/seccomp-profile-baseline";
import { judgeCheck } from "../../pod-security/judge-check";
import { containersCommand } from "../containers-command";
import { defineControl } from "../define";
import { defaultSeccomp } from "../remedies/default-seccomp";
import { removeAnnotations } from "../remedies/ops";

export default defineControl({
  id: "seccomp-unconfined",
  layer: "container",
  severity: "high",
  title: "No container switches seccomp off",
  failure: "switches seccomp off",
  why: "Without a filter the process can make every system call, including those used in past container escapes.",
  action: "Switch seccomp back on",
  fix: "Set `securityContext.seccompProfile.type: RuntimeDefault` for the pod, and remove other types from its containers. An unconfined pod counts even where all containers override it.",
  verify: `${containersCommand(".securityContext.seccompProfile.type", { pod: ".spec.securityContext.seccompProfile.type" })} | grep '=Unconfined'`,
  lookFor: "`Unconfined` after `pod=` or after the name of a container. No output: none switches seccomp off.",
  tips: ["S4"],
  frameworks: { pss: ["baseline/seccompProfile_baseline"], cis: ["5.6.2"], nsa: ["PE", "HC"], mitre: ["T1611"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/tutorials/security/seccomp/", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  subject: "workload",
  reads: [],
  os: "linux",
  subsumedBy: ["container-privileged"],
  check: ({ pod }, context) => judgeCheck(seccompProfileBaseline, pod, context.kubeVersion),
  remedy: ({ pod }, weaknesses) => ({
    ops: [...defaultSeccomp(pod), ...removeAnnotations(weaknesses)],
    risk: "may-break",
  }),
});
