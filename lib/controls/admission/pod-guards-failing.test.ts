import { expect, test } from "vitest";
import { engineWebhook } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { kyvernoPolicy, NO_PRIVILEGED, nativePolicy } from "./testing-native-policies";
import { refusals } from "./testing-refusals";

const EACH = "(object.spec.containers + object.spec.?initContainers.orValue([]))";
const IGNORES = { failurePolicy: "Ignore" };

test.each(["request.subResource == ''", "request.requestSubResource != 'status'", "request.userInfo.extra.size() == 0"])(
  "a policy that ignores failures refuses nothing where it asks %s: the API server leaves out of a request what is empty",
  (expression) => {
    expect(refusals(nativePolicy([NO_PRIVILEGED], { matchConditions: [{ expression }], ...IGNORES }))).toEqual({});
  },
);

test.each<[expression: string, check: string]>([
  ["(object.spec.containers + object.spec.initContainers).all(c, c.securityContext.privileged == false)", "privileged"],
  ["object.spec.initContainers.size() > 5 || !has(object.spec.volumes)", "hostPathVolumes"],
  [`${EACH}.all(c, c.securityContext.runAsNonRoot ? !has(c.securityContext.capabilities.add) : false)`, "capabilities_baseline"],
])("a policy that ignores failures lets through pods without what %s asks for", (expression, check) => {
  const [guarded, failing] = [refusals(nativePolicy([expression])), refusals(nativePolicy([expression], IGNORES))];
  expect([guarded[check], failing[check]]).toEqual([true, "it lets through pods that its expressions fail on"]);
});

test("a policy that ignores failures refuses what it asks for without failing", () => {
  expect(refusals(nativePolicy([NO_PRIVILEGED, "!has(object.spec.hostPID)"], IGNORES))).toEqual({ privileged: true });
});

test("a policy that ignores failures, and the kind of its parameters, which the server may not have, fails by each binding", () => {
  const paramKind = { apiVersion: "example.com/v1", kind: "Limits" };
  expect(refusals(nativePolicy([NO_PRIVILEGED], { paramKind, ...IGNORES }))).toEqual({ privileged: "its parameters are not read" });
  expect(refusals(nativePolicy([NO_PRIVILEGED], { paramKind }))).toEqual({ privileged: true });
});

test.each(["namespaceObject.metadata.name != 'other'", "namespaceObject != null", "has(namespaceObject.metadata)"])(
  "a policy of the API server that ignores failures refuses nothing where it is asked about if %s: conditions are shown no namespace",
  (expression) => {
    const objects = nativePolicy([NO_PRIVILEGED], { matchConditions: [{ expression }], ...IGNORES });
    expect(refusals(objects)).toEqual({});
    expect(refusals(nativePolicy([NO_PRIVILEGED], { matchConditions: [{ expression: "namespaceObject == null" }] }))).toEqual({
      privileged: true,
    });
  },
);

test("those of Kyverno are shown it, and in some releases the API server asks them first", () => {
  const asked = (spec: JsonRecord) => [
    kyvernoPolicy([NO_PRIVILEGED], { matchConditions: [{ name: "when", expression: "namespaceObject.metadata.name == 'shop'" }], ...spec }),
    engineWebhook("kyverno"),
  ];
  const elsewhere = { matchConditions: [{ name: "when", expression: "namespaceObject.metadata.name != 'shop'" }] };
  const either = { matchConditions: [{ name: "when", expression: "namespaceObject.metadata.name == 'shop' || request.namespace == 'shop'" }] };
  expect([{}, IGNORES, elsewhere, { ...elsewhere, ...IGNORES }, { ...either, ...IGNORES }].map((spec) => refusals(asked(spec)))).toEqual([
    { privileged: true },
    { privileged: "what it asks cannot be evaluated here" },
    {},
    {},
    { privileged: true },
  ]);
});

test("those of a policy of Kyverno that the API server judges are not", () => {
  const matchConditions = [{ name: "when", expression: "namespaceObject.metadata.name == 'shop'" }];
  const policy = kyvernoPolicy([NO_PRIVILEGED], { matchConditions, ...IGNORES });
  expect(refusals([{ ...policy, status: { generated: true } }, engineWebhook("kyverno")])).toEqual({});
});
