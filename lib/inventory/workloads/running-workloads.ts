import { defineView } from "../view";
import type { Workload } from "./workload";

/** Their pods come and go by the clock. */
const BY_THE_CLOCK = new Set(["CronJob", "Job"]);

/**
 * Whether a workload runs: where pods tell their conditions, one of its own is ready. Where none does, as among manifests and in what is remembered of a
 * snapshot, what is declared runs.
 */
export const isRunningView = defineView({
  reads: ["workloads"],
  compute: ({ slices }): ((workload: Workload) => boolean) => {
    const arePodsTold = slices.workloads.some(({ ready }) => ready !== null);
    return ({ ref, ready, livePods, isDormant, isFinished }) => {
      if (isDormant || isFinished) return false;
      if (ready) return ready.pods > 0;
      return !arePodsTold || livePods > 0 || BY_THE_CLOCK.has(ref.kind);
    };
  },
});
