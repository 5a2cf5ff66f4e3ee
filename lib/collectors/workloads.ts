import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

/** Controllers that hold a pod template. */
export const workloadsCollector = defineCollector({
  id: "workloads",
  kinds: [
    ...kindsOf(
      "apps",
      ["v1"],
      [
        ["deployments", "Deployment"],
        ["statefulsets", "StatefulSet"],
        ["daemonsets", "DaemonSet"],
      ],
    ),
    ...kindsOf("batch", ["v1"], [["jobs", "Job"]]),
    ...kindsOf("batch", ["v1", "v1beta1"], [["cronjobs", "CronJob"]]),
    ...kindsOf("", ["v1"], [["replicationcontrollers", "ReplicationController"]]),
  ],
});
