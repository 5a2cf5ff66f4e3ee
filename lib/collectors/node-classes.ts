import "server-only";
import { defineCollector, kindsOf } from "./define-collector";
import { onlyTold } from "./only-told";

/** What nodes of EKS Auto Mode are made by, which tells their network policy agent, too. */
export const nodeClassesCollector = defineCollector({
  id: "node-classes",
  kinds: kindsOf("eks.amazonaws.com", ["v1"], [["nodeclasses", "NodeClass"]], { optional: true }),
  project: onlyTold,
});
