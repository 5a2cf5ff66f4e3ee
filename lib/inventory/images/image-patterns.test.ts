import { expect, test } from "vitest";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { coveringImages, namingImages } from "./image-patterns";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

test.each([
  ["registry.example.com/*", "registry.example.com/shop/app:1", true],
  ["docker.io/*", "nginx", true],
  ["docker.io/*", "registry.example.com/shop/app:1", false],
  ["index.docker.io/library/*", "ghcr.io/acme/app", false],
  ["docker.io/library/nginx:*", "nginx:1", true],
  ["docker.io/nginx:*", "nginx:1", true],
  ["nginx:*", "docker.io/library/nginx:1", true],
  ["nginx:latest", "nginx", true],
  ["acme/*", "docker.io/acme/app", true],
  ["acme/*", "ghcr.io/acme/app", false],
  [`*@${DIGEST}`, `ghcr.io/acme/app:1@${DIGEST}`, true],
  ["*", "ghcr.io/acme/app:1", true],
])("Kyverno's %s names %s: %s", (pattern, image, expected) => {
  expect(namingImages([pattern])(image)).toBe(expected);
});

test.each([
  ["**", "ghcr.io/acme/app", true],
  ["*", "nginx", true],
  ["index.docker.io/library/*:*", "nginx", true],
  ["*", "ghcr.io/acme/app", false],
  ["*", "acme/app", false],
  ["*/*", "acme/app", true],
  ["index.docker.io/**", "acme/app:1", true],
  ["ghcr.io/*", "ghcr.io/acme/app", false],
  ["ghcr.io/**", "ghcr.io/acme/app", true],
  ["ghcr.io/*/app:*", "ghcr.io/acme/app", true],
  ["ghcr.io/acme/app:1", `ghcr.io/acme/app:1@${DIGEST}`, false],
  [`ghcr.io/acme/app@**`, `ghcr.io/acme/app:1@${DIGEST}`, true],
  ["**/app:1", "ghcr.io/acme/app:1", true],
  ["nginx:1", "nginx:1", true],
  ["ghcr.io/acme", "ghcr.io/acme/app", false],
])("the glob %s of policy-controller covers %s: %s", (glob, image, expected) => {
  expect(coveringImages([glob])(image)).toBe(expected);
});

test("takes no longer for a glob that was written to make it so", () => {
  const cpuMs = countCpuMs();
  expect(coveringImages([`x${"*a".repeat(200)}b`])(`x${"a".repeat(500)}b${"a".repeat(500)}`)).toBe(false);
  expect(cpuMs()).toBeLessThan(2000);
});
