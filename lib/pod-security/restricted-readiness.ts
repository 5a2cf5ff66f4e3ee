import { isRefused } from "./evaluate-level";
import { isBeyondPolicies, policyMinor, sayBeyond } from "./policy-version";
import { namespaceWorkloadsView } from "../inventory/workloads/namespace-workloads";
import { defineView } from "../inventory/view";
import type { Workload } from "../inventory/workloads/workload";

export interface LevelReadiness {
  readonly workloads: number;
  /** Those that the level would refuse. */
  readonly refused: readonly Workload[];
  /** Why it may refuse more of them; null = it does not. */
  readonly doubt: string | null;
}

/** What restricted would refuse, by namespace; only templates and lone pods count, as admission would see them. */
export const restrictedReadinessView = defineView({
  reads: ["workloads"],
  compute: (context): ((namespace: string) => LevelReadiness) => {
    const known = new Map<string, LevelReadiness>();
    const minor = policyMinor(context.kubeVersion);
    const doubt = isBeyondPolicies(context.kubeVersion) ? sayBeyond(context.kubeVersion) : null;
    return (namespace) => {
      const found = known.get(namespace);
      if (found) return found;
      const workloads = context.view(namespaceWorkloadsView).get(namespace) ?? [];
      const refused = workloads.filter((workload) => workload.views().some((pod) => isRefused("restricted", minor, pod)));
      const readiness = { workloads: workloads.length, refused, doubt };
      known.set(namespace, readiness);
      return readiness;
    };
  },
});
