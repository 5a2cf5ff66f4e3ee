import { accountNameOf } from "./service-account-token";
import { defineView } from "./view";

/** `namespace/name` of every service account that a root, or a live pod of one, runs as. Finished Jobs use none. */
export const accountsInUseView = defineView({
  reads: ["workloads"],
  compute: ({ slices }): ReadonlySet<string> => {
    const used = new Set<string>();
    for (const workload of slices.workloads) {
      if (workload.isFinished) continue;
      used.add(`${workload.ref.namespace}/${workload.serviceAccountName || "default"}`);
      for (const pod of workload.views()) used.add(`${workload.ref.namespace}/${accountNameOf(pod)}`);
    }
    return used;
  },
});
