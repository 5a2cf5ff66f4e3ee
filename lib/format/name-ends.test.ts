import { expect, it } from "vitest";
import { nameEnds, shortenName } from "./name-ends";

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

it("cuts no letter in two: an emoji of several characters, or a letter with its marks, is one", () => {
  const family = "\u{1F469}\u200D\u{1F469}\u200D\u{1F467}";
  for (const name of [`prod-${family.repeat(40)}`, `${"\u{1F600}".repeat(50)}x`, "cafe\u0301".repeat(20), `${"\u{1F600}".repeat(20)}-${"y".repeat(11)}`]) {
    const [head, tail] = nameEnds(name);
    expect(head + tail).toBe(name);
    const letters = Array.from(new Intl.Segmenter("en").segment(name), ({ segment }) => segment);
    expect(letters.some((_, at) => letters.slice(0, at).join("") === head)).toBe(true);
  }
});

it("counts letters as a reader does: twenty emoji are a short name", () => {
  expect(nameEnds("\u{1F600}".repeat(20))).toEqual(["", "\u{1F600}".repeat(20)]);
});

it("shortens a long name in its middle alone, to as many letters as there is room for", () => {
  expect(shortenName("harbour (demo)", 54)).toBe("harbour (demo)");
  const short = shortenName(`arn:aws:eks:eu-central-1:${"\u{1F600}".repeat(60)}/payments-blue`, 40);
  expect(short).toBe(`arn:aws:eks:eu-central-1${"..."}payments-blue`);
});
