import "server-only";
import { defineCollector, kindsOf } from "./define-collector";
import { withoutStatus } from "./without-status";

export const disruptionBudgetsCollector = defineCollector({
  id: "disruption-budgets",
  withoutManagers: true,
  kinds: kindsOf("policy", ["v1", "v1beta1"], [["poddisruptionbudgets", "PodDisruptionBudget"]]),
  project: withoutStatus,
});
