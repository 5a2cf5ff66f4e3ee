import { expect, test } from "vitest";
import { record, records } from "../../model/json";
import { configMap } from "../testing";
import { createTestContext } from "../testing-context";
import { withContextView } from "./kyverno-context";

const fromConfigMap = { name: "allowed", configMap: { name: "limits", namespace: "guard" } };
const constantly = (more: object) => ({ name: "allowed", variable: { value: ["a"], ...more } });

/** What a rule that looks something up asks in place of it, where a ConfigMap says so. */
function askedFor(written: unknown, context: readonly object[] | undefined, said = '["a", "b"]', place = "guard"): unknown {
  const rule = { name: "r", context, validate: { deny: { conditions: [{ value: written }] } } };
  const policy = { apiVersion: "kyverno.io/v1", kind: "ClusterPolicy", metadata: { name: "p" }, spec: { rules: [rule] } };
  const found = createTestContext([policy, configMap({ name: "limits", namespace: place, data: { names: said, "the-names": said } })]);
  const [object] = found.slices.policyEngineObjects;
  const [only] = object ? records(record(found.view(withContextView)(object).body.spec).rules) : [];
  return records(record(record(record(only).validate).deny).conditions)[0]?.value;
}

test.each<[what: string, written: unknown, context: readonly object[], expected: unknown, said?: string]>([
  ["a list in a ConfigMap", "{{ allowed.data.names }}", [fromConfigMap], ["a", "b"]],
  ["one under a quoted key", '{{allowed.data."the-names"}}', [fromConfigMap], ["a", "b"]],
  ["one among others", ["x", "{{ allowed.data.names }}"], [fromConfigMap], ["x", ["a", "b"]]],
  ["a text in a ConfigMap", "{{ allowed.data.names }}", [fromConfigMap], "a.corp/*", "a.corp/*"],
  ["a constant", "{{ allowed }}", [constantly({})], ["a"]],
])("a rule asks for %s by its name", (_, written, context, expected, said) => {
  expect(askedFor(written, context, said)).toEqual(expected);
});

test.each<[what: string, written: string, context: readonly object[] | undefined, said?: string]>([
  ["no context", "{{ allowed.data.names }}", undefined],
  ["another name", "{{ others.data.names }}", [fromConfigMap]],
  ["another key", "{{ allowed.data.others }}", [fromConfigMap]],
  ["a key that every object has", "{{ allowed.data.toString }}", [fromConfigMap]],
  ["something done to it", "{{ allowed.data.names | length(@) }}", [fromConfigMap]],
  ["a text around it", "a-{{ allowed.data.names }}", [fromConfigMap]],
  ["all of a ConfigMap", "{{ allowed }}", [fromConfigMap]],
  ["one that is looked up itself", "{{ allowed.data.names }}", [{ ...fromConfigMap, configMap: { ...fromConfigMap.configMap, name: "{{ name }}" } }]],
  ["one of the namespace default", "{{ allowed.data.names }}", [{ ...fromConfigMap, configMap: { name: "limits" } }]],
  ["what a request to the API server answers", "{{ allowed }}", [{ name: "allowed", apiCall: { urlPath: "/api" } }]],
  ["a part of a constant", "{{ allowed }}", [constantly({ jmesPath: "a" })]],
  ["a constant with something looked up in it", "{{ allowed }}", [constantly({ value: ["{{ a }}"] })]],
  ["a list of patterns", "{{ allowed.data.names }}", [fromConfigMap], '["a.corp/*"]'],
  ["a list of other things", "{{ allowed.data.names }}", [fromConfigMap], "[1]"],
  ["a number", "{{ allowed.data.names }}", [fromConfigMap], "8080"],
  ["a text with something looked up in it", "{{ allowed.data.names }}", [fromConfigMap], "{{ a }}"],
  ["a text that is hidden", "{{ allowed.data.names }}", [fromConfigMap], "token «redacted: github-token, 40 characters»"],
])("it is left as it is written with %s", (_, written, context, said) => {
  expect(askedFor(written, context, said)).toBe(written);
});

test("a ConfigMap is one of the namespace default where none is named", () => {
  expect(askedFor("{{ allowed.data.names }}", [{ ...fromConfigMap, configMap: { name: "limits" } }], undefined, "default")).toEqual(["a", "b"]);
});

test("patterns are left as they are written", () => {
  const pattern = { spec: { hostPID: "{{ allowed }}" } };
  const rule = { name: "r", context: [constantly({})], validate: { pattern }, preconditions: { all: [{ value: "{{ allowed }}" }] } };
  const found = createTestContext([{ apiVersion: "kyverno.io/v1", kind: "ClusterPolicy", metadata: { name: "p" }, spec: { rules: [rule] } }]);
  const [object] = found.slices.policyEngineObjects;
  expect(object && record(found.view(withContextView)(object).body.spec).rules).toEqual([{ ...rule, preconditions: { all: [{ value: ["a"] }] } }]);
});
