import { expect, test } from "vitest";
import { matchesGlob } from "./image-verifiers";

test.each([
  ["registry.example.com/*", "registry.example.com/shop/app:1", true],
  ["*", "nginx", true],
  ["ghcr.io/acme/?", "ghcr.io/acme/x", true],
  ["ghcr.io/acme/*", "ghcr.io/acmex/x", false],
  ["ghcr.io/acme/app", "ghcr.io/acme/app:1", false],
  ["a.b/*", "aXb/c", false],
])("compares %s with %s", (pattern, value, expected) => {
  expect(matchesGlob(pattern, value)).toBe(expected);
});
