import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

export const namespacesCollector = defineCollector({
  id: "namespaces",
  kinds: kindsOf(
    "",
    ["v1"],
    [
      ["namespaces", "Namespace"],
      ["limitranges", "LimitRange"],
    ],
  ),
});
