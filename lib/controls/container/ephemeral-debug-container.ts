import { containerLabel } from "../../inventory/workloads/container-label";
import { daysBetween } from "../../inventory/values/days";
import { listEndedRuns } from "../../inventory/workloads/debug-runs";
import { isRecord, list, record, text } from "../../model/json";
import { defineControl, weakness } from "../define";
import { remove } from "../remedies/ops";

/** One that ended longer ago is history: nobody can get into it any more. */
const LOOK_BACK_DAYS = 7;

export default defineControl({
  id: "ephemeral-debug-container",
  layer: "container",
  severity: "low",
  maxSeverity: "high",
  title: "No debug container is left in a running pod",
  failure: "holds a debug container",
  why: "A debug container brings a shell and tools next to the application, often with more rights than it has, and cannot be removed from the pod. Whoever may exec into the pod can use them.",
  action: "Replace pods that hold a debug container",
  fix: "Delete the pod when the debugging is over; its controller makes a new one without the container. Nothing else removes it.",
  verify:
    "kubectl get pods -A -o custom-columns='NAMESPACE:.metadata.namespace,POD:.metadata.name,DEBUG:.spec.ephemeralContainers[*].name,STATE:.status.ephemeralContainerStatuses[*].state' | awk '$3 != \"<none>\"'",
  lookFor: "Each pod listed holds one. It passes where STATE says that the container has ended, and was started more than a week ago.",
  tips: ["S6"],
  frameworks: { mitre: ["T1609"], mstm: ["MS-TA9006"] },
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
    "https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/",
  ],
  subject: "workload",
  reads: [],
  check: ({ workload, pod, containers }, { observedAt }) => {
    const debugging = containers.filter((container) => container.list === "ephemeralContainers");
    if (debugging.length === 0) return [];
    const ended = listEndedRuns(workload.object().status);
    return debugging.flatMap((container) => {
      const { privileged, capabilities } = container.securityContext;
      const run = isRecord(container.spec.endedRun) ? container.spec.endedRun : ended.get(container.name);
      if (run && daysBetween(text(run.startedAt) ?? "", observedAt) > LOOK_BACK_DAYS) return [];
      const isStrong = privileged === true || list(record(capabilities).add).length > 0;
      const where = pod.podName === undefined ? "" : ` in pod ${pod.podName}`;
      const state = run ? "has ended, and was started in the last days" : "is still there";
      const message = `Debug container ${containerLabel(container)}${where} ${state}${isStrong ? ", with more rights than a plain one" : ""}.`;
      return weakness(container.at("name"), container.name, message, {
        container: container.name,
        on: containerLabel(container),
        severity: isStrong ? "high" : "low",
      });
    });
  },
  // A pod that a controller owns is replaced by deleting it.
  remedy: ({ pod }) => ({ ops: [remove(pod.at("ephemeralContainers"))], risk: "restart" }),
});
