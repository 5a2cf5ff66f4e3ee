import { expect, test } from "vitest";
import { engineWebhook } from "../../inventory/testing";
import { createTestContext } from "../../inventory/testing-context";
import { toPolicyNamespace } from "../../inventory/admission/policy-namespace";
import { CHOSEN_BY_RULES } from "../../inventory/admission/kyverno-match";
import { type JsonRecord, records } from "../../model/json";
import { kyverno } from "../testing-pod-security-guards";
import { boundPoliciesView } from "./bound-policies";
import { kyvernoPolicy, nativePolicy, TAKES_OVER_NOTHING } from "./testing-native-policies";

/** Whether what puts a policy into effect sees pods that are changed, and containers that are added to them; null = it is in effect on no pods. */
function seen(objects: readonly JsonRecord[], place = toPolicyNamespace("shop")) {
  const [bound] = [...createTestContext(objects).view(boundPoliciesView).values()].flat();
  return bound ? [bound.seesChangesIn(place), bound.seesAddedIn(place)] : null;
}

const rule = (part: object = {}) => ({
  apiGroups: [""],
  apiVersions: ["v1"],
  operations: ["CREATE", "UPDATE"],
  resources: ["pods", "pods/ephemeralcontainers"],
  ...part,
});
const matching = (...rules: readonly object[]) => ({ matchConstraints: { resourceRules: rules } });
const leaving = (part: object) => ({ matchConstraints: { resourceRules: [rule()], excludeResourceRules: [rule(part)] } });
const when = (expression: string) => ({ ...matching(rule()), matchConditions: [{ name: "when", expression }] });
const ADDED = { resources: ["pods/ephemeralcontainers"] };
const OF_PODS = { resources: ["pods"] };

const SPECS: readonly (readonly [what: string, spec: object, seen: readonly boolean[] | null])[] = [
  ["pods and what is added to them", matching(rule()), [true, true]],
  ["each of them by a rule of its own", matching(rule(OF_PODS), rule(ADDED)), [true, true]],
  ["pods alone", matching(rule(OF_PODS)), [true, false]],
  ["what is made alone", matching(rule({ operations: ["CREATE"] })), [false, false]],
  ["what is added alone", matching(rule(ADDED)), null],
  ["what is in no namespace", matching(rule({ scope: "Cluster" })), null],
  ["another version", matching(rule({ apiVersions: ["v1beta1"] })), null],
  ["all but what is added", leaving(ADDED), [true, false]],
  ["all but what is below pods", leaving({ resources: ["pods/*"], operations: ["UPDATE"] }), [false, false]],
  ["all but what is changed", leaving({ operations: ["UPDATE"] }), [false, false]],
  ["all but pods", leaving(OF_PODS), null],
  ["what conditions let it see as it is made", when("request.operation == 'CREATE'"), [true, false]],
  ["what conditions let it see however it comes", when("request.operation in ['CREATE', 'UPDATE']"), [true, true]],
];

test.each(SPECS)("a policy of the API server for %s", (_, spec, expected) => {
  expect(seen(nativePolicy(TAKES_OVER_NOTHING, spec as JsonRecord))).toEqual(expected);
});

test.each(SPECS)("a policy of Kyverno in CEL for %s", (_, spec, expected) => {
  expect(seen([kyvernoPolicy(TAKES_OVER_NOTHING, spec as JsonRecord), engineWebhook("kyverno")])).toEqual(expected);
});

test.each([
  ["rules for less", { resourceRules: [rule(OF_PODS)] }, [true, false]],
  ["rules for other objects", { resourceRules: [rule({ apiGroups: ["apps"], resources: ["deployments"] })] }, null],
  ["all but what is added", { excludeResourceRules: [rule(ADDED)] }, [true, false]],
])("a policy of the API server whose binding has %s", (_, matchResources, expected) => {
  expect(seen(nativePolicy(TAKES_OVER_NOTHING, matching(rule()) as JsonRecord, { matchResources }))).toEqual(expected);
});

test.each([
  ["every operation", {}, [true, true]],
  ["what is made alone", { match: { any: [{ resources: { kinds: ["Pod"], operations: ["CREATE"] } }] } }, [false, false]],
  ["what conditions let it see as it is made", { celPreconditions: [{ name: "when", expression: "request.operation == 'CREATE'" }] }, [false, false]],
])("a rule of Kyverno for %s", (_, part, expected) => {
  expect(seen([kyverno({}, part), engineWebhook("kyverno")])).toEqual(expected);
});

test("a rule of Kyverno sees no more than its webhook asks about", () => {
  const hook = engineWebhook("kyverno");
  const asking = (...resources: readonly string[]) => ({ ...hook, webhooks: [{ name: "validate.kyverno.svc", rules: [rule({ resources })] }] });
  expect([asking("pods", "pods/ephemeralcontainers"), asking("pods")].map((webhook) => seen([kyverno({}), webhook]))).toEqual([
    [true, true],
    [true, false],
  ]);
});

test("changes are seen in the namespaces alone where conditions and webhooks let them be", () => {
  const [shop, other] = ["shop", "other"].map((name) => toPolicyNamespace(name));
  const expression = "request.operation == 'CREATE' || request.namespace == 'shop'";
  const hook = engineWebhook("kyverno");
  const asking = { ...hook, webhooks: records(hook.webhooks).map((item) => ({ ...item, matchConditions: [{ name: "when", expression }] })) };
  const cases = [
    [kyverno({}, { celPreconditions: [{ name: "when", expression }] }), hook],
    [kyverno({}), asking],
    [kyvernoPolicy(TAKES_OVER_NOTHING, matching(rule()) as JsonRecord), asking],
  ];
  expect(cases.map((objects) => [shop, other].map((place) => seen(objects, place)))).toEqual(
    cases.map(() => [
      [true, true],
      [false, false],
    ]),
  );
  // What conditions of its own say of changes is found by trying it.
  expect([shop, other].map((place) => seen(nativePolicy(TAKES_OVER_NOTHING, when(expression) as JsonRecord), place))).toEqual([
    [true, true],
    [true, false],
  ]);
});

test("whether a rule of Kyverno sees changes cannot be told where they decide", () => {
  const expression = "request.operation == 'CREATE' || object.metadata.name == 'a'";
  expect(seen([kyverno({}, { celPreconditions: [{ name: "when", expression }] }), engineWebhook("kyverno")])?.[0]).toBe(CHOSEN_BY_RULES);
});
