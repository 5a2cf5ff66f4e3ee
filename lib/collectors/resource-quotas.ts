import "server-only";
import { defineCollector, kindsOf } from "./define-collector";
import { withoutStatus } from "./without-status";

/** What is used of a quota changes with every pod; what it allows is what counts. */
export const resourceQuotasCollector = defineCollector({
  id: "resource-quotas",
  kinds: kindsOf("", ["v1"], [["resourcequotas", "ResourceQuota"]]),
  project: withoutStatus,
});
