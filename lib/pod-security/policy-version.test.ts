import { expect, test } from "vitest";
import { NEWEST_POLICY_MINOR, policyMinor } from "./policy-version";

test("a cluster is judged by the policy of its own minor", () => {
  expect(policyMinor({ major: 1, minor: 24, text: "v1.24.0" })).toBe(24);
});

test("an unknown or newer version is judged by the newest policy that is known", () => {
  expect(policyMinor(null)).toBe(NEWEST_POLICY_MINOR);
  expect(policyMinor({ major: 1, minor: 52, text: "v1.52.0" })).toBe(NEWEST_POLICY_MINOR);
  expect(policyMinor({ major: 2, minor: 0, text: "v2.0.0" })).toBe(NEWEST_POLICY_MINOR);
});
