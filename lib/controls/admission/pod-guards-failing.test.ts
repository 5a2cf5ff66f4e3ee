import { expect, test } from "vitest";
import { NO_PRIVILEGED, nativePolicy } from "./testing-native-policies";
import { refusals } from "./testing-refusals";

const IGNORES = { failurePolicy: "Ignore" };

test.each(["request.subResource == ''", "request.requestSubResource != 'status'", "request.userInfo.extra.size() == 0"])(
  "a policy that ignores failures refuses nothing where it asks %s: the API server leaves out of a request what is empty",
  (expression) => {
    expect(refusals(nativePolicy([NO_PRIVILEGED], { matchConditions: [{ expression }], ...IGNORES }))).toEqual({});
  },
);

test("a policy that ignores failures, and the kind of its parameters, which the server may not have, fails by each binding", () => {
  const paramKind = { apiVersion: "example.com/v1", kind: "Limits" };
  expect(refusals(nativePolicy([NO_PRIVILEGED], { paramKind, ...IGNORES }))).toEqual({ privileged: "its parameters are not read" });
  expect(refusals(nativePolicy([NO_PRIVILEGED], { paramKind }))).toEqual({ privileged: true });
});
