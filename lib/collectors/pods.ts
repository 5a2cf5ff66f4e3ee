import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

/** Live pods: evidence on their roots, and roots of their own when nothing owns them. */
export const podsCollector = defineCollector({ id: "pods", isBulk: true, withoutManagers: true, kinds: kindsOf("", ["v1"], [["pods", "Pod"]]) });
