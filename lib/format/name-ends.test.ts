import { expect, it } from "vitest";
import { nameEnds } from "./name-ends";

it("keeps the end of a long name, from the start of a part, and all of a short one", () => {
  expect(nameEnds("harbour (demo)")).toEqual(["", "harbour (demo)"]);
  expect(nameEnds("kubernetes-admin@kubernetes")).toEqual(["kubernetes-", "admin@kubernetes"]);
  expect(nameEnds("gke_acme-platform_europe-west4-a_payments-prod")).toEqual(["gke_acme-platform_", "europe-west4-a_payments-prod"]);
  expect(nameEnds("arn:aws:eks:eu-central-1:123456789012:cluster/payments-europe-production-customer-facing-blue")).toEqual([
    "arn:aws:eks:eu-central-1:123456789012:cluster/payments-europe-production-",
    "customer-facing-blue",
  ]);
});

it("cuts a name without parts near its end, and loses no letter of any", () => {
  for (const name of ["x".repeat(90), `${"x".repeat(60)}-a`, `a/${"y".repeat(40)}`]) {
    const [head, tail] = nameEnds(name);
    expect(head + tail).toBe(name);
    expect(tail.length).toBeGreaterThanOrEqual(12);
    expect(tail.length).toBeLessThanOrEqual(28);
  }
});
