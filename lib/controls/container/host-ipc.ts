import { findHostNamespace } from "../../pod-security/checks/host-namespaces";
import { judgeRule } from "../../pod-security/judge-check";
import { podsCommand } from "../containers-command";
import { defineControl } from "../define";
import { remove } from "../remedies/ops";

export default defineControl({
  id: "host-ipc",
  layer: "container",
  severity: "high",
  title: "Pods do not share the IPC namespace of their node",
  failure: "shares the IPC namespace of its node",
  why: "The pod can read and write the shared memory and semaphores of processes on the node.",
  action: "Stop sharing the node's IPC namespace",
  fix: "Remove `hostIPC` from the pod spec. Containers of one pod share memory without it.",
  verify: podsCommand("hostIPC"),
  lookFor: "Each pod listed shares it. No output: none does.",
  tips: ["S4"],
  frameworks: { pss: ["baseline/hostNamespaces"], cis: ["5.2.4"], nsa: ["PE"], mitre: ["T1611"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  subject: "workload",
  reads: [],
  os: "linux",
  check: ({ pod }) => judgeRule(pod, (admitted) => findHostNamespace(admitted, "hostIPC")),
  remedy: ({ pod }) => ({ ops: [remove(pod.at("hostIPC"))], risk: "may-break" }),
});
