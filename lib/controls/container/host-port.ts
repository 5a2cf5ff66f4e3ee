import { hostPorts } from "../../pod-security/checks/host-ports";
import { judgeCheck } from "../../pod-security/judge-check";
import { containersCommand } from "../containers-command";
import { defineControl } from "../define";
import { leaveHostNetwork } from "../remedies/leave-host-network";
import { removeHostPorts } from "../remedies/remove-host-ports";

export default defineControl({
  id: "host-port",
  layer: "container",
  severity: "medium",
  title: "Containers do not bind ports of their node",
  failure: "binds a port of its node",
  why: "The port is open on the address of every node that runs the pod, past Services, Ingresses and often past NetworkPolicy. It also keeps a second replica off the same node.",
  action: "Publish through a Service instead of a host port",
  fix: "Delete `hostPort` and publish the port through a Service.",
  verify: `${containersCommand(".ports[*].hostPort")} | grep -E '=[0-9]'`,
  lookFor: "A container with a number after its name. No output: none binds a port of its node.",
  tips: ["S4", "S2"],
  frameworks: { pss: ["baseline/hostPorts"], cis: ["5.2.12"], nsa: ["PE"], mitre: ["T1133"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  subject: "workload",
  reads: [],
  subsumedBy: ["host-network"],
  check: ({ pod }, context) => judgeCheck(hostPorts, pod, context.kubeVersion),
  // In the network of the node each port is one of the node, written or not.
  remedy: ({ pod, containers }) =>
    pod.spec.hostNetwork === true
      ? leaveHostNetwork(pod)
      : { ops: removeHostPorts(containers), risk: "may-break", note: "Publish the ports through a Service." },
});
