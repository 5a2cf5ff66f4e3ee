import { containerLabel } from "../../inventory/container-label";
import { list, record } from "../../model/json";
import { defineControl, weakness } from "../define";

export default defineControl({
  id: "ephemeral-debug-container",
  layer: "container",
  severity: "low",
  maxSeverity: "high",
  title: "No debug container is left in a running pod",
  failure: "holds a debug container",
  why: "A debug container brings a shell and tools next to the application, often with more rights than it, and cannot be taken out again: whoever may exec into the pod has them.",
  fix: "Delete the pod when the debugging is over; its controller makes a new one without the container. Nothing else removes it.",
  verify:
    "kubectl get pods -A -o custom-columns='NAMESPACE:.metadata.namespace,POD:.metadata.name,DEBUG:.spec.ephemeralContainers[*].name,STATE:.status.ephemeralContainerStatuses[*].state'",
  tips: ["S6"],
  frameworks: { nsa: ["TD"], mitre: ["T1609"], mstm: ["MS-TA9006"], owasp: ["K10"] },
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
    "https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/",
  ],
  subject: "workload",
  reads: [],
  check: ({ pod, containers }) =>
    containers
      .filter((container) => container.list === "ephemeralContainers")
      .map((container) => {
        const { privileged, capabilities } = container.securityContext;
        const isStrong = privileged === true || list(record(capabilities).add).length > 0;
        const where = pod.podName === undefined ? "" : ` in pod ${pod.podName}`;
        const message = `Debug container ${containerLabel(container)}${where}${isStrong ? " has more rights than a plain one" : " is still there"}.`;
        return weakness(container.at("name"), container.name, message, {
          container: container.name,
          on: containerLabel(container),
          severity: isStrong ? "high" : "low",
        });
      }),
  remedy: null,
});
