import { judgeCheck } from "../../pod-security/judge-check";
import { privileged } from "../../pod-security/checks/privileged";
import { containersCommand } from "../containers-command";
import { defineControl } from "../define";
import { dropAllCapabilities } from "../remedies/keep-capabilities";
import { receiveMounts } from "../remedies/receive-mounts";
import { set } from "../remedies/ops";

export default defineControl({
  id: "container-privileged",
  layer: "container",
  severity: "critical",
  title: "Containers do not run privileged",
  failure: "runs privileged",
  why: "A privileged container holds every capability, sees the devices of the node and runs without seccomp or AppArmor. Anyone who controls it controls the node, without any exploit.",
  action: "Turn privileged mode off",
  fix: "Set `privileged: false` and `allowPrivilegeEscalation: false`, drop ALL capabilities, and add back only the single capabilities that the process needs. For host devices use a device plugin or dynamic resource allocation.",
  verify: `${containersCommand(".securityContext.privileged")} | grep '=true'`,
  lookFor: "A container with `true` after its name. No output: none runs privileged.",
  tips: ["S4"],
  frameworks: { pss: ["baseline/privileged"], cis: ["5.2.2", "5.6.3"], nsa: ["PE"], mitre: ["T1611", "T1610"], mstm: ["MS-TA9018"], owasp: ["K01"] },
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
  ],
  subject: "workload",
  reads: [],
  os: "linux",
  check: ({ pod }, context) => judgeCheck(privileged, pod, context.kubeVersion),
  remedy: ({ containers }) => ({
    ops: containers
      .filter((container) => container.securityContext.privileged === true)
      .flatMap((container) => [
        set(container.at("securityContext.privileged"), false),
        set(container.at("securityContext.allowPrivilegeEscalation"), false),
        ...dropAllCapabilities([container]),
        ...receiveMounts(container),
      ]),
    risk: "may-break",
    note: "Add back the single capabilities that the process needs. What it mounts can no longer be seen on the node.",
  }),
});
