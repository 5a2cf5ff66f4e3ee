import { expect, test } from "vitest";
import { toKubeObject } from "../../inventory/kube-object";
import { dig, records } from "../../model/json";
import { judgesOf } from "./policy-judges";

const ON_DELETION = { key: "{{request.operation}}", operator: "Equals", value: "DELETE" };

test.each([
  ["no conditions", {}, true],
  ["an empty list", { conditions: [] }, true],
  ["an empty choice", { conditions: {} }, true],
  ["a list, as it was written before", { conditions: [ON_DELETION] }, false],
  ["a choice", { conditions: { any: [ON_DELETION] } }, false],
])("a rule of Kyverno that denies by %s refuses everything: %s", (_, deny, isEverything) => {
  const spec = { rules: [{ name: "rule", match: { any: [{ resources: { kinds: ["Pod"] } }] }, validate: { deny } }] };
  const [judge] = judgesOf(toKubeObject({ apiVersion: "kyverno.io/v1", kind: "ClusterPolicy", metadata: { name: "guard" }, spec }, () => "workload"));
  const [asked] = records(dig(judge?.inCel.body, "spec", "validations"));
  expect(asked?.expression === "false").toBe(isEverything);
});
