import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

export const nodesCollector = defineCollector({
  id: "nodes",
  kinds: [
    ...kindsOf("", ["v1"], [["nodes", "Node"]]),
    ...kindsOf("node.k8s.io", ["v1", "v1beta1"], [["runtimeclasses", "RuntimeClass"]], { optional: true }),
    ...kindsOf("scheduling.k8s.io", ["v1"], [["priorityclasses", "PriorityClass"]]),
  ],
});
