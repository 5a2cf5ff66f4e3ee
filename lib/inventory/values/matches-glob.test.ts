import { fc } from "../../model/testing-properties";
import { expect, test } from "vitest";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { matchesGlob, matchesSome } from "./matches-glob";

test.each([
  ["registry.example.com/*", "registry.example.com/shop/app:1", true],
  ["*", "nginx", true],
  ["*", "", true],
  ["?", "", false],
  ["ghcr.io/acme/?", "ghcr.io/acme/x", true],
  ["ghcr.io/acme/?", "ghcr.io/acme/", false],
  ["ghcr.io/acme/*", "ghcr.io/acmex/x", false],
  ["ghcr.io/acme/app", "ghcr.io/acme/app:1", false],
  ["a.b/*", "aXb/c", false],
  ["a*b*c", "aXbYc", true],
  ["a*b*c", "aXbYcZ", false],
  ["*ab", "aab", true],
  ["**", "x", true],
])("compares %s with %s", (pattern, value, expected) => {
  expect(matchesGlob(pattern, value)).toBe(expected);
});

test("means what the same pattern as a regular expression means", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
  const value = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 });
  fc.assert(
    fc.property(word, value, (pattern, of) => {
      const regular = new RegExp(`^${pattern.replace(/\*+/g, ".*").replaceAll("?", ".")}$`);
      expect(matchesGlob(pattern, of)).toBe(regular.test(of));
    }),
    { numRuns: 2000 },
  );
});

test("takes no longer for a pattern that was written to make it so", () => {
  const cpuMs = countCpuMs();
  expect(matchesSome([`${"*a".repeat(400)}b`], "a".repeat(2000))).toBe(false);
  expect(cpuMs()).toBeLessThan(1000);
});
