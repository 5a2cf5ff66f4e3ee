import { describe, expect, test } from "vitest";
import { toKubeObject } from "../../inventory/kube-object";
import type { JsonRecord } from "../../model/json";
import { record } from "../../model/json";
import { isRead, readPolicy, type ReadPolicy, type Unread } from "./read-policy";
import { nativePolicy } from "./testing-native-policies";

function read(validations: readonly string[], spec: JsonRecord = {}): ReadPolicy | Unread {
  return readPolicy(toKubeObject(record(nativePolicy(validations, spec)[0]), () => "workload"));
}

const validationsOf = (validations: readonly string[]) => {
  const policy = read(validations);
  return "problem" in policy ? [] : policy.validations;
};

// Namespaces that are alike in these share one answer: what is left out here is told of the wrong namespace.
describe("of its namespace, a policy reads", () => {
  const label = ["metadata", "labels", "env"];
  test.each<[expression: string, paths: readonly (readonly string[] | null)[]]>([
    ["namespaceObject.metadata.labels.env == 'prod'", [label]],
    ["namespaceObject.metadata.labels['env'] == 'prod'", [label]],
    ["namespaceObject.?metadata.?labels[?'env'].orValue('') == 'prod'", [label]],
    ["'env' in namespaceObject.metadata.labels", [label]],
    ["has(namespaceObject.metadata.labels.env)", [label]],
    ["namespaceObject.metadata.labels[object.metadata.name] == 'x'", [["metadata", "labels"]]],
    ["object.metadata.name in namespaceObject.metadata.labels", [["metadata", "labels"]]],
    ["namespaceObject.metadata.labels.exists(key, key == object.metadata.name)", [["metadata", "labels"]]],
    ["[namespaceObject].all(it, it.metadata.name != 'shop')", [[]]],
    ["namespaceObject.metadata.name != 'shop' && !has(namespaceObject.metadata.labels.env)", [["metadata", "name"], label]],
    ["object.metadata.namespace != 'shop'", [null]],
    ["[request].all(it, it.namespace != 'shop')", [null]],
    ["[object.metadata][request.namespace == 'shop' ? 0 : 1].namespace == 'till'", [null, null]],
    ["params.metadata.namespace != 'shop'", []],
  ])("%s", (expression, paths) => {
    expect(validationsOf([expression]).map((validation) => isRead(validation) && validation.ofPlace.map(({ path }) => path))).toEqual([paths]);
  });
});

describe("what cannot be evaluated", () => {
  const unknown = "authorizer.group('apps').resource('deployments').check('create').allowed()";
  const named = [{ name: "one", expression: unknown }];
  const untold = { problem: expect.stringMatching(/^there is no function called allowed/) };

  test("is one validation of several", () => {
    const [one, other] = validationsOf(["true", unknown]);
    expect(one && isRead(one)).toBe(true);
    expect(other).toEqual(untold);
  });

  test("is what is longer than any policy, and not what an own control may not be as long as", () => {
    const ofLength = (characters: number) => `object.metadata.name != '${"a".repeat(characters)}'`;
    expect(validationsOf([ofLength(3_000), ofLength(30_000)]).map(isRead)).toEqual([true, false]);
  });

  test("is the whole policy where its conditions or variables are, on which all of it hangs", () => {
    expect(read(["true"], { matchConditions: named })).toEqual(untold);
    expect(read(["true"], { variables: named })).toEqual(untold);
  });
});
