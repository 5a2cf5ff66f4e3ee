import { expect, test } from "vitest";
import { isUnder, parseImageReference, splitImageReference } from "./image-reference";

const digest = `sha256:${"a".repeat(64)}`;

test.each([
  ["nginx", { registry: "docker.io", path: "library/nginx", tag: null, digest: null }],
  ["nginx:1.27", { registry: "docker.io", path: "library/nginx", tag: "1.27" }],
  ["acme/cart:2", { registry: "docker.io", path: "acme/cart", tag: "2" }],
  ["index.docker.io/nginx", { registry: "docker.io", path: "library/nginx" }],
  ["GHCR.io/acme/cart:1", { registry: "ghcr.io", path: "acme/cart" }],
  ["MyRegistry/cart:1", { registry: "myregistry", path: "cart" }],
  ["[2001:db8::1]:5000/cart:1", { registry: "[2001:db8::1]:5000", path: "cart", tag: "1" }],
  [`nginx:_${"v".repeat(127)}`, { path: "library/nginx", tag: `_${"v".repeat(127)}` }],
  ["localhost/cart", { registry: "localhost", path: "cart" }],
  ["registry.example:5000/team/cart", { registry: "registry.example:5000", path: "team/cart", tag: null }],
  [`registry.example:5000/team/cart:v1@${digest}`, { registry: "registry.example:5000", tag: "v1", digest }],
  [`ghcr.io/acme/cart@${digest}`, { repository: "ghcr.io/acme/cart", tag: null, digest }],
])("takes %s apart as a runtime does", (text, parts) => {
  expect(parseImageReference(text)).toMatchObject(parts);
});

test.each([
  "",
  "  ",
  "a b",
  "nginx:",
  "nginx@sha256:short",
  `nginx@sha256:${"a".repeat(63)}`,
  `nginx@sha512:${"a".repeat(64)}`,
  `nginx@sha256:${"A".repeat(64)}`,
  "ko://example.com/cmd/app",
  "registry.example/",
  "/app",
  "a//b",
  "Nginx:1.27.3",
  "ghcr.io/Acme/cart:1",
  "<image_url>",
  "{IMAGE}",
  "acme/-cart",
  "nginx:${TAG}",
  "nginx:${TAG:-1.0}",
  "nginx:<tag>",
  "nginx:{{TAG}}",
  "nginx:-1",
  `nginx:${"v".repeat(129)}`,
  "$REGISTRY/nginx:1.0",
  "${REGISTRY}/nginx:1.0",
  "<registry.example>/nginx:1.0",
  "registry.example:port/nginx:1.0",
  "my_registry.example/nginx:1.0",
  "-registry.example/nginx:1.0",
  "registry.example./nginx:1.0",
])("refuses %j", (text) => {
  expect(parseImageReference(text)).toBeNull();
});

test("tells the program of an image whose registry and tag are still to be filled in", () => {
  expect(splitImageReference("$REGISTRY/ingress-nginx/controller:${TAG}")).toMatchObject({ path: "ingress-nginx/controller", tag: "${TAG}" });
  expect(splitImageReference("$IMAGE:1.0")).toBeNull();
});

test("compares prefixes by whole path segments", () => {
  expect(isUnder("ghcr.io/acme/x", "ghcr.io/acme")).toBe(true);
  expect(isUnder("ghcr.io/acme/x", "ghcr.io/acme/*")).toBe(true);
  expect(isUnder("ghcr.io/acme/x", "GHCR.io/acme")).toBe(true);
  expect(isUnder("ghcr.io/acme-evil/x", "ghcr.io/acme")).toBe(false);
  expect(isUnder("ghcr.io/acme/x", "")).toBe(false);
});

test("finds an official image of Docker Hub under its short name, as a runtime does, and nothing else of the library", () => {
  expect(isUnder("docker.io/library/nginx", "docker.io/nginx")).toBe(true);
  expect(isUnder("docker.io/nginx/nginx-ingress", "docker.io/nginx")).toBe(true);
  expect(isUnder("docker.io/library/nginx-evil", "docker.io/nginx")).toBe(false);
  expect(isUnder("docker.io/library/nginx", "docker.io/acme/nginx")).toBe(false);
  expect(isUnder("ghcr.io/library/nginx", "ghcr.io/nginx")).toBe(false);
});
