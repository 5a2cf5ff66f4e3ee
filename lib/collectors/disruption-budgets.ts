import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

export const disruptionBudgetsCollector = defineCollector({
  id: "disruption-budgets",
  kinds: kindsOf("policy", ["v1", "v1beta1"], [["poddisruptionbudgets", "PodDisruptionBudget"]]),
});
