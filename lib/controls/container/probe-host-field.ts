import { hostProbesAndHostLifecycle } from "../../pod-security/checks/host-probes-and-host-lifecycle";
import { judgeCheck } from "../../pod-security/judge-check";
import { defineControl } from "../define";
import { removeAll } from "../remedies/ops";

export default defineControl({
  id: "probe-host-field",
  layer: "container",
  severity: "medium",
  title: "Probes and lifecycle hooks call only their own pod",
  failure: "makes the node call another host",
  why: "The kubelet makes the request, from the network of the node and past every NetworkPolicy. Whoever writes the pod can scan and call internal addresses this way, and read the answers in the pod's events.",
  action: "Remove the host from probes and hooks",
  fix: "Delete the `host` field; unset means the pod itself. For a virtual host set a Host header under `httpHeaders`. The program must answer at the address of its pod then: one that listens at another alone fails its probe, and is started again and again. `127.0.0.1` and `localhost` count as well, because they are those of the node.",
  verify:
    "kubectl get pods -A -o json | jq -r '.items[] | .metadata as $m | .spec | .containers[], .initContainers[]? | .name as $n | .livenessProbe, .readinessProbe, .startupProbe, .lifecycle.postStart, .lifecycle.preStop | .httpGet.host, .tcpSocket.host | select(.) | [$m.namespace, $m.name, $n, .] | @tsv'",
  lookFor: "Namespace, pod, container and the host that its node calls. No output: none.",
  tips: ["S4", "S2"],
  frameworks: { pss: ["baseline/hostProbesAndHostLifecycle"], nsa: ["PE"], mitre: ["T1046"], owasp: ["K01"] },
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
  ],
  subject: "workload",
  reads: [],
  check: ({ pod }, context) => judgeCheck(hostProbesAndHostLifecycle, pod, context.kubeVersion),
  remedy: (_, weaknesses) => ({
    ops: removeAll(weaknesses.map(({ path }) => path)),
    risk: "may-break",
    note: "The program must answer at the address of its pod, not at 127.0.0.1 or another address alone.",
  }),
});
