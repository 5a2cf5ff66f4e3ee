import { describe, expect, test } from "vitest";
import { service } from "../testing";
import { entriesOf } from "./testing-exposure";

const GATEWAY = "gateway.networking.k8s.io";
const gatewayClass = (controllerName: string) => ({
  apiVersion: `${GATEWAY}/v1`,
  kind: "GatewayClass",
  metadata: { name: "public" },
  spec: { controllerName },
});
const envoy = gatewayClass("gateway.envoyproxy.io/gatewayclass-controller");
const istio = gatewayClass("istio.io/gateway-controller");
const gke = gatewayClass("networking.gke.io/gateway");
const listener = (name: string, port: number) => ({ name, port, protocol: "HTTP" });
const gateway = (...listeners: readonly object[]) => ({
  apiVersion: `${GATEWAY}/v1`,
  kind: "Gateway",
  metadata: { name: "public", namespace: "shop", labels: { team: "edge" } },
  spec: { gatewayClassName: "public", listeners: listeners.length > 0 ? listeners : [listener("http", 80)] },
  status: { addresses: [{ value: "34.1.2.3" }] },
});
const route = (parent: object = {}, kind = "HTTPRoute") => ({
  apiVersion: `${GATEWAY}/v1`,
  kind,
  metadata: { name: "app", namespace: "shop" },
  spec: { hostnames: ["app.example.com"], parentRefs: [{ name: "public", ...parent }], rules: [{ name: "all", backendRefs: [{ name: "app", port: 80 }] }] },
});
const TO_GATEWAY = { targetRefs: [{ group: GATEWAY, kind: "Gateway", name: "public" }] };
const TO_ROUTE = { targetRefs: [{ group: GATEWAY, kind: "HTTPRoute", name: "app" }] };
const toSection = (target: { readonly targetRefs: readonly object[] }, sectionName: string) => ({ targetRefs: [{ ...target.targetRefs[0], sectionName }] });
const BASIC = { basicAuth: { users: { name: "users" } } };
const CORS = { cors: { allowOrigins: ["*"] } };
const security = (spec: object, more: object = {}, metadata: object = {}) => ({
  apiVersion: "gateway.envoyproxy.io/v1alpha1",
  kind: "SecurityPolicy",
  metadata: { name: "gate", namespace: "shop", ...metadata },
  spec,
  ...more,
});
const told = (status: string) => ({ status: { ancestors: [{ ancestorRef: { name: "public" }, conditions: [{ type: "Accepted", status }] }] } });
const asks = (...objects: readonly object[]) => entriesOf(service(), ...objects)[0];

describe("a SecurityPolicy of Envoy Gateway", () => {
  test.each([
    ["passwords for all of a Gateway", [security({ ...TO_GATEWAY, ...BASIC })], true],
    ["passwords, by the target of earlier versions", [security({ targetRef: TO_GATEWAY.targetRefs[0], ...BASIC })], true],
    ["a sign-in for a route", [security({ ...TO_ROUTE, oidc: { provider: {} } })], true],
    ["a key for a rule", [security({ ...toSection(TO_ROUTE, "all"), apiKeyAuth: {} })], true],
    ["a sign-in for another rule", [security({ ...toSection(TO_ROUTE, "other"), ...BASIC })], false],
    ["what another service says, for the listener", [security({ ...toSection(TO_GATEWAY, "http"), extAuth: {} })], true],
    ["passwords for another listener", [security({ ...toSection(TO_GATEWAY, "https"), ...BASIC })], false],
    ["passwords by labels of the Gateway", [security({ targetSelectors: [{ kind: "Gateway", matchLabels: { team: "edge" } }], ...BASIC })], true],
    ["passwords by labels of another", [security({ targetSelectors: [{ kind: "Gateway", matchLabels: { team: "shop" } }], ...BASIC })], false],
    ["passwords for a Gateway of another namespace", [security({ ...TO_GATEWAY, ...BASIC }, {}, { namespace: "edge" })], false],
    ["a token", [security({ ...TO_ROUTE, jwt: { providers: [] } })], true],
    ["a token that may be left out", [security({ ...TO_ROUTE, jwt: { optional: true, providers: [] } })], false],
    ["nothing but origins", [security({ ...TO_GATEWAY, ...CORS })], false],
    ["passwords, refused by its controller", [security({ ...TO_GATEWAY, ...BASIC }, told("False"))], false],
    ["passwords, taken by its controller", [security({ ...TO_GATEWAY, ...BASIC }, told("True"))], true],
    [
      "a token of some, by its rules",
      [security({ ...TO_ROUTE, authorization: { rules: [{ action: "Allow", principal: { jwt: { provider: "a", claims: [] } } }] } })],
      true,
    ],
    ["nothing, since all is allowed", [security({ ...TO_ROUTE, authorization: { defaultAction: "Allow", rules: [] } })], false],
    ["passwords, which the route does not ask for", [security({ ...TO_GATEWAY, ...BASIC }), security({ ...TO_ROUTE, ...CORS }, {}, { name: "cors" })], false],
    [
      "passwords, which the route adds to",
      [security({ ...TO_GATEWAY, ...BASIC }), security({ ...TO_ROUTE, ...CORS, mergeType: "StrategicMerge" }, {}, { name: "cors" })],
      true,
    ],
    [
      "a token that may be left out, of issuers which the route adds",
      [
        security({ ...TO_GATEWAY, jwt: { optional: true, providers: [] } }),
        security({ ...TO_ROUTE, jwt: { providers: [] }, mergeType: "StrategicMerge" }, {}, { name: "issuers" }),
      ],
      false,
    ],
    [
      "nothing, since an older one is for the same",
      [
        security({ ...TO_ROUTE, ...BASIC }, {}, { creationTimestamp: "2026-02-01T00:00:00Z" }),
        security({ ...TO_ROUTE, ...CORS }, {}, { name: "cors", creationTimestamp: "2026-01-01T00:00:00Z" }),
      ],
      false,
    ],
  ])("asks for %s", (_, policies, hasSignIn) => {
    expect(asks(envoy, gateway(), route(), ...policies)).toMatchObject({ exposure: "external", hasSignIn });
  });

  test("has to hold on every listener that takes the route", () => {
    const onHttps = security({ ...toSection(TO_GATEWAY, "https"), ...BASIC });
    const both = gateway(listener("http", 80), listener("https", 443));
    expect(asks(envoy, both, route(), onHttps)).toMatchObject({ hasSignIn: false });
    expect(asks(envoy, both, route({ sectionName: "https" }), onHttps)).toMatchObject({ hasSignIn: true });
  });

  test.each([
    [["10.0.0.0/8"], "internal"],
    [["198.51.100.0/24"], "external-restricted"],
  ])("lets in %s alone", (clientCIDRs, exposure) => {
    const rules = [
      { action: "Allow", principal: { clientCIDRs } },
      { action: "Allow", principal: { jwt: { provider: "a", scopes: ["admin"] } } },
    ];
    expect(asks(envoy, gateway(), route(), security({ ...TO_ROUTE, authorization: { rules } }))).toMatchObject({ exposure, hasSignIn: false });
  });

  test("says nothing to gateways of others, nor to what is no HTTP", () => {
    expect(asks(istio, gateway(), route(), security({ ...TO_GATEWAY, ...BASIC }))).toMatchObject({ hasSignIn: false });
    const tcp = { ...gateway({ name: "db", port: 5432, protocol: "TCP" }) };
    expect(asks(envoy, tcp, route({}, "TCPRoute"), security({ ...TO_GATEWAY, ...BASIC }))).toMatchObject({ exposure: "external", hasSignIn: false });
  });
});

test.each([
  ["on, for the Service", gke, true, "Service", "app", true],
  ["off", gke, false, "Service", "app", false],
  ["on, for another Service", gke, true, "Service", "other", false],
  ["on, for gateways of others", istio, true, "Service", "app", false],
])("counts Identity-Aware Proxy of a GCPBackendPolicy: %s", (_, ofClass, enabled, kind, name, hasSignIn) => {
  const policy = {
    apiVersion: "networking.gke.io/v1",
    kind: "GCPBackendPolicy",
    metadata: { name: "iap", namespace: "shop" },
    spec: { default: { iap: { enabled } }, targetRef: { group: "", kind, name } },
  };
  expect(asks(ofClass, gateway(), route(), policy)).toMatchObject({ exposure: "external", hasSignIn });
});

describe("an AuthorizationPolicy of Istio at a Gateway", () => {
  const policy = (spec: object, metadata: object = {}) => ({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "gate", namespace: "shop", ...metadata },
    spec: { ...TO_GATEWAY, ...spec },
  });
  const from = (...sources: readonly object[]) => ({ from: sources.map((source) => ({ source })) });
  const to = (...operations: readonly object[]) => ({ to: operations.map((operation) => ({ operation })) });
  const ext = (rule: object = {}) => ({ action: "CUSTOM", provider: { name: "oauth2-proxy" }, rules: [rule] });
  const TOKEN = { requestPrincipals: ["*"] };
  const NO_TOKEN = { notRequestPrincipals: ["*"] };
  const ROOT = { namespace: "istio-system" };

  test.each([
    ["another service says who may pass", [policy(ext())], true],
    ["another service says so for its host", [policy(ext(to({ hosts: ["app.example.com", "app.example.com:*"] })))], true],
    ["another service says so for hosts of its end", [policy(ext(to({ hosts: ["*.example.com"], paths: ["/*"] })))], true],
    ["another service says so for another host", [policy(ext(to({ hosts: ["other.example.com"] })))], false],
    ["another service says so for a path", [policy(ext(to({ paths: ["/admin*"] })))], false],
    ["another service says so for some networks", [policy(ext(from({ ipBlocks: ["10.0.0.0/8"] })))], false],
    ["it is only tried", [policy(ext(), { annotations: { "istio.io/dry-run": "true" } })], false],
    ["what has no token is denied", [policy({ action: "DENY", rules: [from(NO_TOKEN)] })], true],
    ["what has no token is denied on one path", [policy({ action: "DENY", rules: [{ ...from(NO_TOKEN), ...to({ paths: ["/admin"] }) }] })], false],
    ["what has no token is denied from elsewhere", [policy({ action: "DENY", rules: [from({ ...NO_TOKEN, namespaces: ["shop"] })] })], false],
    ["tokens are allowed", [policy({ rules: [from(TOKEN)] })], true],
    ["a claim is allowed", [policy({ rules: [{ when: [{ key: "request.auth.claims[groups]", values: ["admin"] }] }] })], true],
    ["tokens are allowed, and a path without", [policy({ rules: [from(TOKEN), to({ paths: ["/public"] })] })], false],
    ["tokens are allowed here, and another host without", [policy({ rules: [from(TOKEN), to({ hosts: ["other.example.com"] })] })], true],
    ["tokens are allowed by one policy, and all by another", [policy({ rules: [from(TOKEN)] }), policy({ rules: [{}] }, { name: "all" })], false],
    ["nothing is allowed", [policy({ rules: [] })], true],
    ["only another host is allowed", [policy({ rules: [to({ hosts: ["other.example.com"] })] })], true],
    ["its host is allowed, in capitals", [policy({ rules: [to({ hosts: ["App.Example.com"] })] })], false],
    ["its host is allowed, with a port", [policy({ rules: [to({ hosts: ["app.example.com:*"] })] })], false],
    ["some requests are allowed, to no host by name", [policy({ rules: [to({ hosts: [], methods: ["GET"] })] })], false],
    ["another Gateway is named", [policy({ ...ext(), targetRefs: [{ kind: "Gateway", name: "other" }] })], false],
    [
      "labels of its proxy are named",
      [policy({ ...ext(), targetRefs: undefined, selector: { matchLabels: { [`${GATEWAY}/gateway-name`]: "public" } } })],
      true,
    ],
    ["other labels are named", [policy({ ...ext(), targetRefs: undefined, selector: { matchLabels: { app: "app" } } })], false],
    ["the whole namespace is meant", [policy({ ...ext(), targetRefs: undefined })], true],
    ["the whole mesh is meant", [policy({ ...ext(), targetRefs: undefined }, ROOT)], true],
    ["another namespace is meant", [policy({ ...ext(), targetRefs: undefined }, { namespace: "edge" })], false],
    ["tokens are checked where there are any", [{ ...policy({ jwtRules: [{ issuer: "https://login.example.com" }] }), kind: "RequestAuthentication" }], false],
  ])("is a guard where %s: %#", (_, policies, hasSignIn) => {
    expect(asks(istio, gateway(), route(), ...policies)).toMatchObject({ exposure: "external", hasSignIn });
  });

  test.each([
    ["allowed", { rules: [from({ remoteIpBlocks: ["10.0.0.0/8"] })] }, "internal"],
    ["allowed, beside tokens", { rules: [from({ ipBlocks: ["198.51.100.0/24"] }, TOKEN)] }, "external-restricted"],
    ["not denied", { action: "DENY", rules: [from({ notIpBlocks: ["198.51.100.0/24"] })] }, "external-restricted"],
  ])("limits who may connect where networks are %s", (_, spec, exposure) => {
    expect(asks(istio, gateway(), route(), policy(spec))).toMatchObject({ exposure, hasSignIn: false });
  });

  test.each([
    ["beside it", policy({ ...ext(), targetRefs: undefined }), false],
    ["that name it", policy(ext()), false],
    ["beside its proxy", policy({ ...ext(), targetRefs: undefined }, { namespace: "edge" }), true],
    ["of the mesh", policy({ ...ext(), targetRefs: undefined }, ROOT), true],
    ["of other proxies", policy({ ...ext(), targetRefs: undefined, selector: { matchLabels: { app: "other" } } }, { namespace: "edge" }), false],
  ])("looks, for a Gateway whose proxy somebody made elsewhere, at those %s", (_, object, hasSignIn) => {
    const own = gateway();
    const linked = { ...own, spec: { ...own.spec, addresses: [{ type: "Hostname", value: "ingress.edge.svc.cluster.local" }] } };
    expect(asks(istio, linked, route(), object)).toMatchObject({ exposure: "external", hasSignIn });
  });

  test("says nothing to gateways of others", () => {
    expect(asks(envoy, gateway(), route(), policy(ext()))).toMatchObject({ hasSignIn: false });
  });
});

describe("a plugin of Kong", () => {
  const kong = gatewayClass("konghq.com/kic-gateway-controller");
  const NAMED = { "konghq.com/plugins": "gate" };
  const plugin = (kind = "KongPlugin", metadata: object = { namespace: "shop" }) => ({
    apiVersion: "configuration.konghq.com/v1",
    kind,
    metadata: { name: "gate", ...metadata },
    plugin: "key-auth",
  });
  const named = { ...route(), metadata: { name: "app", namespace: "shop", annotations: NAMED } };

  test.each([
    ["of a route, at a gateway of Kong", [kong, named, plugin(), service()], true],
    ["of a route, at a gateway of another", [envoy, named, plugin(), service()], false],
    ["of a Service, at a gateway of Kong", [kong, route(), plugin(), service({ annotations: NAMED })], true],
    ["of a Service that Kong serves too, at a gateway of another", [envoy, route(), plugin(), service({ annotations: NAMED })], false],
    ["for all, at a gateway of Kong", [kong, route(), plugin("KongClusterPlugin", { labels: { global: "true" } }), service()], true],
    ["for all, at a gateway of another", [envoy, route(), plugin("KongClusterPlugin", { labels: { global: "true" } }), service()], false],
  ])("asks for a sign-in where Kong serves: %s", (_, objects, hasSignIn) => {
    expect(entriesOf(gateway(), ...objects)[0]).toMatchObject({ exposure: "external", hasSignIn });
  });
});

describe("certificates of clients", () => {
  const heeding = (...supportedFeatures: readonly unknown[]) => ({ ...envoy, status: { supportedFeatures } });
  const able = heeding({ name: "HTTPRoute" }, { name: "GatewayFrontendClientCertificateValidation" });
  const https = (name: string, port: number, tls: object = {}) => ({ name, port, protocol: "HTTPS", tls });
  const validation = (mode?: string) => ({ validation: { caCertificateRefs: [{ group: "", kind: "ConfigMap", name: "clients" }], ...(mode && { mode }) } });
  const asking = (frontend: object, ...listeners: readonly object[]) => {
    const own = gateway(...(listeners.length > 0 ? listeners : [https("https", 443)]));
    return { ...own, spec: { ...own.spec, tls: { frontend } } };
  };

  test.each([
    ["on all ports", able, asking({ default: validation() }), true],
    [
      "on all ports, by a class that lists bare names",
      heeding("GatewayFrontendClientCertificateValidation"),
      asking({ default: validation("AllowValidOnly") }),
      true,
    ],
    ["on one port", able, asking({ perPort: [{ port: 443, tls: validation() }] }), true],
    ["on another port", able, asking({ perPort: [{ port: 8443, tls: validation() }] }), false],
    ["on all ports but this", able, asking({ default: validation(), perPort: [{ port: 443, tls: {} }] }), false],
    ["and lets in who has none", able, asking({ default: validation("AllowInsecureFallback") }), false],
    ["beside a listener without TLS", able, asking({ default: validation() }, https("https", 443), listener("http", 80)), false],
    ["by a class that does not heed it", heeding({ name: "HTTPRoute" }), asking({ default: validation() }), false],
    ["as Istio is told", istio, gateway(https("https", 443, { options: { "gateway.istio.io/tls-terminate-mode": "MUTUAL" } })), true],
    ["as Istio is told, by another class", envoy, gateway(https("https", 443, { options: { "gateway.istio.io/tls-terminate-mode": "MUTUAL" } })), false],
  ])("keep out who has none where a Gateway asks for them %s", (_, ofClass, own, hasSignIn) => {
    const entry = asks(ofClass, own, route());
    expect(entry).toMatchObject({ exposure: "external", hasSignIn });
    expect(entry?.untold).toBeUndefined();
  });

  test("may keep out where Istio would be told to, and the class of the Gateway is not seen", () => {
    expect(asks(gateway(https("https", 443, { options: { "gateway.istio.io/tls-terminate-mode": "MUTUAL" } })), route())).toMatchObject({
      hasSignIn: false,
      untold: "Whether Gateway public asks for certificates of clients is not known: its class does not say what it heeds.",
    });
  });

  test.each([
    ["", envoy, asking({ default: validation() })],
    [", and the field is that of the experiments before 1.4", heeding({ name: "HTTPRoute" }), gateway(https("https", 443, { frontendValidation: {} }))],
  ])("may keep out where the class of the Gateway does not say what it heeds%s", (_, ofClass, own) => {
    expect(asks(ofClass, own, route())).toMatchObject({
      hasSignIn: false,
      untold: "Whether Gateway public asks for certificates of clients is not known: its class does not say what it heeds.",
    });
  });
});
