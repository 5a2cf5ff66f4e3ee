import { expect, test } from "vitest";
import { ingress, service, ingressClass } from "../testing";
import { entriesOf } from "./testing-exposure";

const PUBLIC = { status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } } };
const noted = (annotations: object) => ingress({ metadata: { annotations }, ...PUBLIC });

const TRAEFIK = "traefik.ingress.kubernetes.io/router.middlewares";
const middleware = (name: string, spec: object, apiVersion = "traefik.io/v1alpha1") => ({
  apiVersion,
  kind: "Middleware",
  metadata: { name, namespace: "shop" },
  spec,
});
const named = (...names: readonly string[]) => noted({ [TRAEFIK]: names.map((name) => `shop-${name}@kubernetescrd`).join(", ") });

test.each([
  ["passwords", [middleware("gate", { basicAuth: { secret: "users" } })], true],
  ["passwords, by its old group", [middleware("gate", { digestAuth: { secret: "users" } }, "traefik.containo.us/v1alpha1")], true],
  ["what another service says", [middleware("gate", { forwardAuth: { address: "http://oauth2" } })], true],
  ["a plugin of that purpose", [middleware("gate", { plugin: { "traefik-oidc-auth": {} } })], true],
  ["a plugin of another", [middleware("gate", { plugin: { bouncer: {} } })], false],
  ["compression", [middleware("gate", { compress: {} })], false],
  ["a chain", [middleware("gate", { chain: { middlewares: [{ name: "slow" }, { name: "users" }] } }), middleware("users", { basicAuth: {} })], true],
  ["a chain of itself", [middleware("gate", { chain: { middlewares: [{ name: "gate" }] } })], false],
])("takes a Middleware of Traefik for a sign-in by what it asks for: %s", (_, objects, hasSignIn) => {
  expect(entriesOf(service(), named("slow", "gate"), ...objects)[0]).toMatchObject({ exposure: "external", hasSignIn });
});

test("believes what a Middleware does, not its name", () => {
  expect(entriesOf(service(), named("auth"), middleware("auth", { headers: {} }))[0]).toMatchObject({ hasSignIn: false });
  expect(entriesOf(service(), named("auth"))[0]).toMatchObject({ hasSignIn: true });
});

test.each(["ipAllowList", "ipWhiteList"])("reads the networks of %s", (list) => {
  const [entry] = entriesOf(service(), named("office"), middleware("office", { [list]: { sourceRange: ["198.51.100.0/24"] } }));
  expect(entry).toMatchObject({ exposure: "external-restricted", message: "Ingress app routes to it. Only 198.51.100.0/24 may connect." });
});

test.each([
  ["of Traefik say nothing to ingress-nginx", "k8s.io/ingress-nginx", { [TRAEFIK]: "shop-auth@kubernetescrd" }, false],
  ["of Traefik say something to it", "traefik.io/ingress-controller", { [TRAEFIK]: "shop-auth@kubernetescrd" }, true],
  ["of Kong say nothing to Traefik", "traefik.io/ingress-controller", { "konghq.com/plugins": "key-auth" }, false],
  ["of ingress-nginx say nothing to Traefik", "traefik.io/ingress-controller", { "nginx.ingress.kubernetes.io/auth-url": "https://login.example.com" }, false],
  [
    "of ingress-nginx may say something to one that nobody knows",
    "example.com/ingress",
    { "nginx.ingress.kubernetes.io/auth-url": "https://login.example.com" },
    true,
  ],
])("knows whose annotations are heeded: those %s", (_, controller, annotations, hasSignIn) => {
  expect(entriesOf(service(), ingressClass(controller), noted(annotations))[0]).toMatchObject({ exposure: "external", hasSignIn });
});

const plugin = (plugin: string, more: object = {}, metadata: object = {}, kind = "KongPlugin") => ({
  apiVersion: "configuration.konghq.com/v1",
  kind,
  metadata: { name: "gate", ...(kind === "KongPlugin" && { namespace: "shop" }), ...metadata },
  plugin,
  ...more,
});
const KONG = "konghq.com/plugins";

test.each([
  ["a key", plugin("key-auth"), true],
  ["a sign-in", plugin("openid-connect"), true],
  ["a key of the whole cluster", plugin("key-auth", {}, {}, "KongClusterPlugin"), true],
  ["a key, switched off", plugin("key-auth", { disabled: true }), false],
  ["a key that may be left out", plugin("key-auth", { config: { anonymous: "guest" } }), false],
  ["nothing", plugin("rate-limiting"), false],
  ["nothing, but signs in at what it leads to", plugin("upstream-oauth"), false],
  ["a key, in another namespace", plugin("key-auth", {}, { namespace: "edge" }), false],
])("takes a plugin of Kong for a sign-in by what it asks for: %s", (_, object, hasSignIn) => {
  expect(entriesOf(service(), noted({ [KONG]: "cors,gate" }), object)[0]).toMatchObject({ exposure: "external", hasSignIn });
});

test("finds plugins of Kong on a Service, of another namespace, and those that hold for all", () => {
  const key = plugin("key-auth");
  expect(entriesOf(service({ annotations: { [KONG]: "gate" } }), noted({}), key)[0]).toMatchObject({ exposure: "external", hasSignIn: true });
  expect(entriesOf(service(), noted({ [KONG]: "edge:gate" }), plugin("key-auth", {}, { namespace: "edge" }))[0]).toMatchObject({ hasSignIn: true });
  const global = plugin("key-auth", {}, { labels: { global: "true" } }, "KongClusterPlugin");
  expect(entriesOf(service(), ingressClass("ingress-controllers.konghq.com/kong"), noted({}), global)[0]).toMatchObject({ hasSignIn: true });
  expect(entriesOf(service(), ingressClass("k8s.io/ingress-nginx"), noted({}), global)[0]).toMatchObject({ hasSignIn: false });
});

test("reads the networks that a plugin of Kong lets in", () => {
  const [entry] = entriesOf(service(), noted({ [KONG]: "gate" }), plugin("ip-restriction", { config: { allow: ["10.0.0.0/8"] } }));
  expect(entry).toMatchObject({ exposure: "internal" });
});

test("lets the plugin of Kong that is nearer to the route count, of several of one kind", () => {
  const kong = ingressClass("ingress-controllers.konghq.com/kong");
  const ofAll = plugin("key-auth", {}, { name: "all", labels: { global: "true" } }, "KongClusterPlugin");
  const lax = plugin("key-auth", { config: { anonymous: "guest" } });
  const asks = (...objects: readonly object[]) => entriesOf(service(), kong, noted({ [KONG]: "gate" }), ...objects)[0];
  expect(asks(ofAll, lax)).toMatchObject({ hasSignIn: false });
  expect(asks(ofAll, plugin("key-auth", { disabled: true }))).toMatchObject({ hasSignIn: true });
  expect(asks(ofAll, plugin("jwt", { config: { anonymous: "guest" } }))).toMatchObject({ hasSignIn: true });
  const limited = plugin("ip-restriction", { config: { allow: ["10.0.0.0/8"] } }, { name: "office" });
  const wide = plugin("ip-restriction", { config: { allow: ["0.0.0.0/0"] } });
  expect(entriesOf(service({ annotations: { [KONG]: "office" } }), kong, noted({ [KONG]: "gate" }), limited, wide)[0]).toMatchObject({ exposure: "external" });
});

test("follows chains of Middlewares that lead to the next one twice, however many", () => {
  const chains = Array.from({ length: 5_000 }, (_, i) => middleware(`m${i}`, { chain: { middlewares: [{ name: `m${i + 1}` }, { name: `m${i + 1}` }] } }));
  expect(entriesOf(service(), named("m0"), ...chains, middleware("m5000", { basicAuth: {} }))[0]).toMatchObject({ hasSignIn: true });
});
