import { expect, test } from "vitest";
import { ingress, service, ingressClass } from "../testing";
import { entriesOf, entriesWithout } from "./testing-exposure";

const alb = ingressClass("ingress.k8s.aws/alb");
const at = (value: object) => ({ status: { loadBalancer: { ingress: [value] } } });
const withNotes = (annotations: object, more: object = {}) => ingress({ metadata: { annotations }, ...more });
const SCHEME = "alb.ingress.kubernetes.io/scheme";
const GROUP = "alb.ingress.kubernetes.io/group.name";
const ALB = "k8s-app-1.eu-west-1.elb.amazonaws.com";

test.each([
  ["of AWS without a scheme", [alb, ingress()], "internal"],
  [
    "of AWS whose class may say a scheme",
    [ingressClass("ingress.k8s.aws/alb", { parameters: { kind: "IngressClassParams", name: "public" } }), ingress()],
    "possible",
  ],
  ["of AWS whose group may say a scheme", [alb, withNotes({ [GROUP]: "shared" })], "possible"],
  ["of AWS on the internet", [alb, withNotes({ [SCHEME]: "internet-facing" })], "possible"],
  ["of AWS that is on the internet, whatever was asked for", [alb, withNotes({ [SCHEME]: "internal" }, at({ hostname: ALB }))], "external"],
  ["of AWS that is internal", [alb, withNotes({ [SCHEME]: "internal" }, at({ hostname: `internal-${ALB}` }))], "internal"],
  ["of Azure, whose controller is called alb, too", [ingressClass("alb.networking.azure.io/alb-controller"), ingress()], "possible"],
  ["of another controller", [ingressClass("k8s.io/ingress-nginx"), ingress()], "possible"],
  ["of Azure for a private address", [withNotes({ "appgw.ingress.kubernetes.io/use-private-ip": "true" })], "internal"],
  ["of a network of Tailscale", [ingress(at({ hostname: "app.tail1a2b.ts.net" }))], "internal"],
  ["of Tailscale that has no name yet", [ingressClass("tailscale.com/ts-ingress"), ingress()], "internal"],
  ["of Tailscale for everybody that has no name yet", [ingressClass("tailscale.com/ts-ingress"), withNotes({ "tailscale.com/funnel": "true" })], "possible"],
  ["of Tailscale for everybody", [withNotes({ "tailscale.com/funnel": "true" }, at({ hostname: "app.tail1a2b.ts.net" }))], "external"],
])("tells where the load balancer of an Ingress is: one %s", (_, objects, expected) => {
  expect(entriesOf(service(), ...objects)[0]).toMatchObject({ exposure: expected });
});

test.each(["security-groups", "security-group-prefix-lists"])("cannot tell who may connect where an Ingress names %s of AWS", (name) => {
  const annotations = { [`alb.ingress.kubernetes.io/${name}`]: "sg-1", "alb.ingress.kubernetes.io/inbound-cidrs": "10.0.0.0/8" };
  const untold = `Who may connect is decided by what the annotation alb.ingress.kubernetes.io/${name} names, which the cluster does not show.`;
  const [entry] = entriesOf(service(), alb, withNotes(annotations, at({ hostname: ALB })));
  expect(entry).toMatchObject({ exposure: "external", untold, message: "Ingress app routes to it." });
  expect(entriesOf(service(), ingressClass("k8s.io/ingress-nginx"), withNotes(annotations, at({ hostname: ALB })))[0]).not.toHaveProperty("untold");
});

test("cannot tell who may connect where an add-on is called after a list of networks", () => {
  const name = "traefik.ingress.kubernetes.io/router.middlewares";
  const called = (value: string) => entriesOf(service(), withNotes({ [name]: value }, at({ ip: "34.1.2.3" })))[0];
  expect(called("edge-office-ipallowlist@kubernetescrd")).toMatchObject({
    exposure: "external",
    untold: `Who may connect is decided by what the annotation ${name} names, which is not read.`,
  });
  expect(called("edge-compress@kubernetescrd")).not.toHaveProperty("untold");
});

test.each([
  ["Identity-Aware Proxy", "cloud.google.com/backend-config", '{"default": "iap-config"}', "gce", true],
  ["settings that are called after the Service", "cloud.google.com/backend-config", '{"default": "authors"}', "gce", false],
  ["settings of another purpose", "cloud.google.com/backend-config", '{"default": "cdn"}', "gce", false],
  ["Identity-Aware Proxy that its controller knows nothing of", "cloud.google.com/backend-config", '{"default": "iap"}', "nginx", false],
])("takes the settings of a Service for a sign-in by their name: %s", (_, name, value, className, hasSignIn) => {
  const routed = withNotes({ "kubernetes.io/ingress.class": className }, { ...at({ ip: "34.1.2.3" }), spec: { ingressClassName: undefined } });
  expect(entriesOf(service({ annotations: { [name]: value } }), routed)[0]).toMatchObject({ exposure: "external", hasSignIn });
});

test.each([
  ["a middleware that is called after it", {}, { filters: [{ type: "ExtensionRef", extensionRef: { kind: "Middleware", name: "oauth2-proxy" } }] }, true],
  ["a filter of that kind", {}, { filters: [{ type: "ExtensionRef", extensionRef: { kind: "AuthenticationFilter", name: "users" } }] }, true],
  ["what asks elsewhere", {}, { filters: [{ type: "ExternalAuth", externalAuth: {} }] }, true],
  ["a filter of its backend", {}, {}, true, [{ type: "ExtensionRef", extensionRef: { kind: "Middleware", name: "login" } }]],
  ["a plugin", { "konghq.com/plugins": "oidc" }, {}, true],
  [
    "no filter of Envoy Gateway, whatever it is called",
    {},
    { filters: [{ type: "ExtensionRef", extensionRef: { kind: "HTTPRouteFilter", name: "basic-auth-for-backend" } }] },
    false,
  ],
  ["a filter of another purpose", {}, { filters: [{ type: "ExtensionRef", extensionRef: { kind: "Middleware", name: "compress" } }] }, false],
])("takes for a sign-in of a route %s", (_, annotations, rule, hasSignIn, filters: readonly object[] = []) => {
  const gateway = {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name: "public", namespace: "shop" },
    spec: { listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
    status: { addresses: [{ value: "34.1.2.3" }] },
  };
  const route = {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "app", namespace: "shop", annotations },
    spec: { parentRefs: [{ name: "public" }], rules: [{ backendRefs: [{ name: "app", port: 80, filters }], ...rule }] },
  };
  expect(entriesOf(service(), gateway, route)[0]).toMatchObject({ exposure: "external", hasSignIn });
});

const AUTH = "alb.ingress.kubernetes.io/auth-type";
const PORTS = "alb.ingress.kubernetes.io/listen-ports";
const REDIRECT = "alb.ingress.kubernetes.io/ssl-redirect";
const CERTIFICATE = { "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-west-1:1:certificate/1" };
const UNSIGNED = "alb.ingress.kubernetes.io/auth-on-unauthenticated-request";

test.each([
  ["by the Ingress", { [AUTH]: "cognito" }, {}, true],
  ["by the Service", {}, { [AUTH]: "oidc" }, true],
  ["not by the Service, whatever the Ingress says", { [AUTH]: "oidc" }, { [AUTH]: "none" }, false],
  ["not of all, by the Service", { [AUTH]: "oidc" }, { [UNSIGNED]: "allow" }, false],
  ["by tokens", { "alb.ingress.kubernetes.io/jwt-validation": "{}" }, {}, true],
  ["not over plain HTTP", { [AUTH]: "cognito", [PORTS]: '[{"HTTP": 80}, {"HTTPS": 443}]' }, {}, false],
  ["nor, by tokens, over plain HTTP", { "alb.ingress.kubernetes.io/jwt-validation": "{}", [PORTS]: '[{"HTTP": 80}, {"HTTPS": 443}]' }, {}, false],
  ["beside a redirect of plain HTTP", { [AUTH]: "cognito", [PORTS]: '[{"HTTP": 80}, {"HTTPS": 443}]', [REDIRECT]: "443" }, {}, true],
])("asks for a sign-in at a load balancer of AWS: %s", (_, annotations, ofService, hasSignIn) => {
  const routed = withNotes({ [SCHEME]: "internet-facing", ...CERTIFICATE, ...annotations }, at({ hostname: ALB }));
  expect(entriesOf(service({ annotations: ofService }), alb, routed)[0]).toMatchObject({ exposure: "external", hasSignIn });
});

test("cannot tell whether everybody is asked where the class of AWS may add to what its load balancer listens on", () => {
  const ofParameters = ingressClass("ingress.k8s.aws/alb", { parameters: { kind: "IngressClassParams", name: "public" } });
  const [entry] = entriesOf(service(), ofParameters, withNotes({ [AUTH]: "oidc" }, at({ hostname: ALB })));
  const untold = "Whether it serves plain HTTP, where nobody is asked to sign in, is in the parameters of the IngressClass public, which are not read.";
  expect(entry).toMatchObject({ exposure: "external", hasSignIn: false, untold });
});

test.each([
  ["some networks alone", "198.51.100.0/24", "external-restricted", false],
  ["a private network alone", "10.0.0.0/8", "internal", false],
  ["nobody", undefined, "external", true],
])("lets in without a sign-in, where either is enough, %s", (_, range, exposure, hasSignIn) => {
  const NGINX = "nginx.ingress.kubernetes.io";
  const annotations = {
    [`${NGINX}/auth-url`]: "https://login.example.com",
    [`${NGINX}/satisfy`]: "any",
    ...(range && { [`${NGINX}/whitelist-source-range`]: range }),
  };
  expect(entriesOf(service(), withNotes(annotations, at({ ip: "34.1.2.3" })))[0]).toMatchObject({ exposure, hasSignIn });
});

const backendConfig = (name: string, enabled: boolean) => ({
  apiVersion: "cloud.google.com/v1",
  kind: "BackendConfig",
  metadata: { name, namespace: "shop" },
  spec: { iap: { enabled } },
});
const byGoogle = withNotes({ "kubernetes.io/ingress.class": "gce" }, { ...at({ ip: "34.1.2.3" }), spec: { ingressClassName: undefined } });
const configured = (value: object) => service({ annotations: { "cloud.google.com/backend-config": JSON.stringify(value) } });

test.each([
  ["on", { default: "web" }, [backendConfig("web", true)], true],
  ["off, whatever they are called", { default: "iap" }, [backendConfig("iap", false)], false],
  ["on for one port of two", { ports: { http: "web", admin: "plain" } }, [backendConfig("web", true), backendConfig("plain", false)], false],
])("reads whether the settings of a Service switch Identity-Aware Proxy on: %s", (_, value, objects, hasSignIn) => {
  expect(entriesOf(configured(value), byGoogle, ...objects)[0]).toMatchObject({ exposure: "external", hasSignIn });
});

const ofClass = (controllerName: string) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "GatewayClass",
  metadata: { name: "public" },
  spec: { controllerName },
});
const gateway = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "public", namespace: "shop" },
  spec: { gatewayClassName: "public", listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
  status: { addresses: [{ value: "34.1.2.3" }] },
};
const routeOf = (rule: object = {}) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name: "app", namespace: "shop" },
  spec: { parentRefs: [{ name: "public" }], rules: [{ backendRefs: [{ name: "app", port: 80 }], ...rule }] },
});
const middlewares = withNotes({ "traefik.ingress.kubernetes.io/router.middlewares": "shop-gate@kubernetescrd" }, at({ ip: "34.1.2.3" }));
const called = withNotes({ "traefik.ingress.kubernetes.io/router.middlewares": "shop-auth@kubernetescrd" }, at({ ip: "34.1.2.3" }));
const plugged = withNotes({ "konghq.com/plugins": "gate" }, at({ ip: "34.1.2.3" }));
const filtered = routeOf({ filters: [{ type: "ExtensionRef", extensionRef: { kind: "Middleware", name: "gate" } }] });
const refused = (kind: string) => `was not read: Listing ${kind} was refused.`;

test.each([
  ["Middleware", [middlewares], `Whether Middleware shop-gate@kubernetescrd asks for a sign-in ${refused("Middleware")}`],
  ["Middleware", [gateway, filtered], `Whether Middleware gate asks for a sign-in ${refused("Middleware")}`],
  ["Middleware", [called], `Whether Middleware shop-auth@kubernetescrd asks for a sign-in ${refused("Middleware")}`],
  ["KongClusterPlugin", [plugged], `Whether KongClusterPlugin gate asks for a sign-in ${refused("KongClusterPlugin")}`],
  ["BackendConfig", [configured({ default: "web" }), byGoogle], `Whether BackendConfig web asks for a sign-in ${refused("BackendConfig")}`],
  [
    "SecurityPolicy",
    [ofClass("gateway.envoyproxy.io/gatewayclass-controller"), gateway, routeOf()],
    `Whether a SecurityPolicy asks for a sign-in in front of HTTPRoute app ${refused("SecurityPolicy")}`,
  ],
  [
    "AuthorizationPolicy",
    [ofClass("istio.io/gateway-controller"), gateway, routeOf()],
    `Whether an AuthorizationPolicy asks for a sign-in in front of HTTPRoute app ${refused("AuthorizationPolicy")}`,
  ],
])("leaves open what stands in front where %s could not be read: %#", (kind, objects, untold) => {
  expect(entriesWithout([kind], service(), ...objects)[0]).toMatchObject({ exposure: "external", untold, hasSignIn: false });
  expect(entriesOf(service(), ...objects)[0]).not.toHaveProperty("untold");
});

test("asks nothing of kinds that its gateway does not heed", () => {
  const objects = [service(), ofClass("istio.io/gateway-controller"), gateway, routeOf()];
  expect(entriesWithout(["SecurityPolicy", "Middleware"], ...objects)[0]).not.toHaveProperty("untold");
});
