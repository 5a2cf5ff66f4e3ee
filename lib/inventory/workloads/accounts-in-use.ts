import { accountNameOf } from "./service-account-token";
import { defineWorkloadFact } from "./workload-fact";

/** `namespace/name` of every service account that a root, or a live pod of one, runs as. Finished Jobs use none. */
export const accountsInUseView = defineWorkloadFact({
  start: () => new Set<string>(),
  add: (used, workload, pods) => {
    if (workload.isFinished) return;
    for (const name of workload.serviceAccountNames) used.add(`${workload.ref.namespace}/${name || "default"}`);
    for (const pod of pods) used.add(`${workload.ref.namespace}/${accountNameOf(pod)}`);
  },
});
