import type { Violation } from "../../pod-security/check";
import { judgeRule } from "../../pod-security/judge-check";
import { defineControl } from "../define";

const REMOTE_ACCESS: ReadonlyMap<unknown, string> = new Map([
  [22, "SSH"],
  [23, "Telnet"],
  [3389, "Remote Desktop"],
]);
const OVER_UDP: ReadonlySet<unknown> = new Set([3389]);

/** The service that speaks at a port by its protocol; TCP where none is named. */
function findService(port: number | undefined, protocol: string | undefined): string | undefined {
  const isSpoken = (protocol || "TCP") === "TCP" || (protocol === "UDP" && OVER_UDP.has(port));
  return isSpoken ? REMOTE_ACCESS.get(port) : undefined;
}

export default defineControl({
  id: "container-port-sensitive",
  layer: "code",
  severity: "low",
  title: "Containers offer no remote shells",
  failure: "declares a port for remote shells",
  why: "A shell service in a container is a second way in, with passwords or keys that nobody rotates and without an audit log.",
  action: "Remove remote shells from containers",
  fix: "Remove the service from the image and the port from the spec. Use kubectl exec or a debug container, which RBAC guards and the audit log records.",
  verify:
    "kubectl get pods -A -o json | jq -r '.items[] | .metadata as $m | .spec | .containers[], .initContainers[]? | .name as $c | .ports[]? | select((.containerPort == 22 or .containerPort == 23) and .protocol == \"TCP\" or .containerPort == 3389) | [$m.namespace, $m.name, $c, .containerPort] | @tsv'",
  lookFor: "Namespace, pod, container and port. No output: none declares one.",
  tips: ["S2", "S4"],
  frameworks: { nsa: ["HC"], mitre: ["T1021.004", "T1133"], mstm: ["MS-TA9010"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/"],
  subject: "workload",
  reads: [],
  check: ({ pod }) =>
    judgeRule(pod, (admitted) =>
      admitted.containers().flatMap(({ name, spec }) =>
        spec.parts("ports").flatMap((port): Violation[] => {
          const value = port.integer("containerPort");
          const service = findService(value, port.text("protocol"));
          if (!service) return [];
          return [{ path: port.at("containerPort"), value, message: `Container ${name} declares the port of ${service}.`, container: name, on: name }];
        }),
      ),
    ),
  remedy: null,
});
