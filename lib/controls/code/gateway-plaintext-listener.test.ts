import { describeControl } from "../testing";
import control from "./gateway-plaintext-listener";

const API = "gateway.networking.k8s.io/v1";
const gateway = (...listeners: readonly object[]) => ({
  apiVersion: API,
  kind: "Gateway",
  metadata: { name: "public", namespace: "edge" },
  spec: { gatewayClassName: "a", listeners },
});
const route = (rule: object, parent: object = {}) => ({
  apiVersion: API,
  kind: "HTTPRoute",
  metadata: { name: "cart", namespace: "shop" },
  spec: { parentRefs: [{ name: "public", namespace: "edge", ...parent }], rules: [rule] },
});
const allowing = (namespaces: object, more: object = {}) => ({ name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces, ...more } });
const http = allowing({ from: "All" });
const chosen = allowing({ from: "Selector", selector: { matchLabels: { team: "shop" } } });
const shop = (labels: object) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels } });
const https = { name: "https", port: 443, protocol: "HTTPS", tls: { certificateRefs: [{ name: "cert" }] } };
const tcp = { name: "t", port: 5432, protocol: "TCP" };
const forward = { backendRefs: [{ name: "cart", port: 80 }] };
const redirect = { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }] };

const grant = (spec: object = {}, namespace = "certs") => ({
  apiVersion: "gateway.networking.k8s.io/v1beta1",
  kind: "ReferenceGrant",
  metadata: { name: "edge", namespace },
  spec: { from: [{ group: "gateway.networking.k8s.io", kind: "Gateway", namespace: "edge" }], to: [{ group: "", kind: "Secret" }], ...spec },
});
const elsewhere = { ...https, tls: { certificateRefs: [{ kind: "Secret", name: "wild", namespace: "certs" }] } };
const says = (status: string, reason: string) => ({ status: { listeners: [{ name: "https", conditions: [{ type: "ResolvedRefs", status, reason }] }] } });
const abroad = { backendRefs: [{ name: "cart", namespace: "other", port: 80 }] };
const toCart = (to: object = {}) =>
  grant({ from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "shop" }], to: [{ group: "", kind: "Service", ...to }] }, "other");
const routeSays = (status: string, parent: object = {}) => ({
  status: {
    parents: [{ parentRef: { name: "public", namespace: "edge", ...parent }, conditions: [{ type: "ResolvedRefs", status, reason: "RefNotPermitted" }] }],
  },
});

const accepted = (parent: object = {}) => {
  const parentRef = { name: "public", namespace: "edge", ...parent };
  return { ...route(forward, parent), status: { parents: [{ parentRef, conditions: [{ type: "Accepted", status: "True" }] }] } };
};
const UNTOLD = "Whether listener http takes HTTPRoute shop/cart depends on labels of namespace shop, which were not read.";

describeControl(control, {
  fails: [
    {
      name: "a certificate of another namespace that grants nothing",
      objects: [gateway(elsewhere)],
      evidence: [
        {
          path: "spec.listeners[0].tls.certificateRefs",
          message: "Listener https may not use its certificate: no ReferenceGrant in namespace certs allows Secret wild.",
        },
      ],
    },
    {
      name: "a certificate of another namespace that grants nothing, beside options",
      objects: [gateway({ ...elsewhere, tls: { ...elsewhere.tls, options: { "example.com/min-version": "1.3" } } })],
    },
    {
      name: "TLS without a certificate, of which nothing is left to resolve",
      objects: [{ ...gateway({ ...https, tls: {} }), ...says("True", "ResolvedRefs") }],
    },
    { name: "TLS with empty options and no certificate", objects: [gateway({ ...https, tls: { mode: "Terminate", options: {} } })] },
    { name: "a grant of another certificate", objects: [gateway(elsewhere), grant({ to: [{ group: "", kind: "Secret", name: "other" }] })] },
    { name: "a grant of another kind", objects: [gateway(elsewhere), grant({ to: [{ group: "", kind: "ConfigMap" }] })] },
    { name: "a grant of another group", objects: [gateway(elsewhere), grant({ to: [{ group: "example.com", kind: "Secret" }] })] },
    {
      name: "a grant for routes",
      objects: [gateway(elsewhere), grant({ from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "edge" }] })],
    },
    {
      name: "a grant for gateways of another namespace",
      objects: [gateway(elsewhere), grant({ from: [{ group: "gateway.networking.k8s.io", kind: "Gateway", namespace: "certs" }] })],
    },
    {
      name: "a grant for another group of that kind",
      objects: [gateway(elsewhere), grant({ from: [{ group: "networking.istio.io", kind: "Gateway", namespace: "edge" }] })],
    },
    { name: "a grant in the gateway's own namespace", objects: [gateway(elsewhere), grant({}, "edge")] },
    {
      name: "a certificate that the controller cannot use",
      objects: [{ ...gateway(https), ...says("False", "InvalidCertificateRef") }],
      evidence: [
        { path: "spec.listeners[0].tls.certificateRefs", message: "Listener https has no certificate to use: its controller says InvalidCertificateRef." },
      ],
    },
    { name: "a route to a Service that another namespace grants", objects: [gateway(http), route(abroad), toCart()] },
    { name: "a route to a Service that another namespace grants by name", objects: [gateway(http), route(abroad), toCart({ name: "cart" })] },
    { name: "a route to two Services, one of them its own", objects: [gateway(http), route({ backendRefs: [...abroad.backendRefs, ...forward.backendRefs] })] },
    { name: "a route whose controller serves it without a grant", objects: [gateway(http), { ...route(abroad), ...routeSays("True") }] },
    { name: "a route to its own namespace, which it names", objects: [gateway(http), route({ backendRefs: [{ name: "cart", namespace: "shop" }] })] },
    { name: "a route to another namespace, in a part of a cluster", objects: [gateway(http), route(abroad)], complete: false },
    {
      name: "a route is served in plain text",
      objects: [gateway(http, https), route(forward)],
      evidence: [{ path: "spec.listeners[0].protocol", value: "HTTP" }],
    },
    {
      name: "a route for one host of many",
      objects: [gateway({ ...http, hostname: "*.example.com" }, https), { ...route(forward), spec: { ...route(forward).spec, hostnames: ["b.example.com"] } }],
    },
    { name: "a route of a namespace that the listener chooses", objects: [gateway(chosen), route(forward), shop({ team: "shop" })] },
    {
      name: "an accepted route of a namespace whose labels were not read, which only this listener may take",
      objects: [gateway(chosen), accepted()],
      missing: ["namespaces"],
    },
    {
      name: "an accepted route that asks for the listener, of a namespace whose labels were not read",
      objects: [gateway(chosen, https), accepted({ sectionName: "http" })],
      missing: ["namespaces"],
    },
    {
      name: "a route that is taken beside one of a namespace whose labels were not read",
      objects: [gateway(chosen, { ...http, name: "all", port: 81 }), route(forward)],
      missing: ["namespaces"],
      evidence: [{ path: "spec.listeners[1].protocol", message: "Listener all serves HTTPRoute cart in plain text." }],
    },
    { name: "a route of a kind that the listener names", objects: [gateway(allowing({ from: "All" }, { kinds: [{ kind: "HTTPRoute" }] })), route(forward)] },
    {
      name: "a backend beside a rule without one",
      objects: [gateway(http), { ...route({}), spec: { ...route({}).spec, rules: [{ matches: [{ path: { value: "/old" } }] }, forward] } }],
    },
    {
      name: "an answer of the gateway itself",
      objects: [gateway(http), route({ filters: [{ type: "ExtensionRef", extensionRef: { kind: "HTTPRouteFilter", name: "x" } }] })],
    },
    {
      name: "a copy of each request to a backend",
      objects: [gateway(http), route({ filters: [{ type: "RequestMirror", requestMirror: { backendRef: { name: "cart", port: 80 } } }] })],
    },
    {
      name: "a redirect that stays in plain text",
      objects: [gateway(http), route({ filters: [{ type: "RequestRedirect", requestRedirect: { hostname: "x" } }] })],
    },
    {
      name: "TLS without a certificate, in a set of listeners",
      objects: [{ ...gateway({ ...https, tls: { mode: "Terminate" } }), apiVersion: "gateway.networking.x-k8s.io/v1alpha1", kind: "XListenerSet" }],
    },
    {
      name: "TLS without a certificate",
      objects: [gateway({ ...https, tls: { mode: "Terminate" } })],
      evidence: [{ path: "spec.listeners[0].tls.certificateRefs" }],
    },
  ],
  passes: [
    {
      name: "a route without a rule",
      objects: [gateway(http), { ...route({}), spec: { parentRefs: [{ name: "public", namespace: "edge" }] } }],
      complete: false,
    },
    { name: "the rule that the API server fills in, which has no backend", objects: [gateway(http), route({ matches: [{ path: { value: "/" } }] })] },
    { name: "a rule that only rewrites", objects: [gateway(http), route({ filters: [{ type: "URLRewrite", urlRewrite: { hostname: "x" } }] })] },
    {
      name: "a redirect to HTTPS behind a filter of the gateway's own",
      objects: [gateway(http), route({ filters: [{ type: "ExtensionRef", extensionRef: { kind: "Middleware", name: "x" } }, ...redirect.filters] })],
    },
    { name: "a backend that nothing is sent to", objects: [gateway(http), route({ backendRefs: [{ name: "cart", port: 80, weight: 0 }] })] },
    {
      name: "a redirect to HTTPS beside a rule without a backend",
      objects: [gateway(http), { ...route({}), spec: { ...route({}).spec, rules: [redirect, { matches: [{ path: { value: "/old" } }] }] } }],
    },
    { name: "a waypoint of a mesh", objects: [gateway({ name: "mesh", port: 15008, protocol: "HBONE" })] },
    {
      name: "only what answers a certificate authority",
      objects: [
        gateway(http, https),
        { ...route(forward), metadata: { name: "cm-acme-1", namespace: "shop", labels: { "acme.cert-manager.io/http01-solver": "true" } } },
      ],
    },
    { name: "a certificate of another namespace that grants it", objects: [gateway(elsewhere), grant()] },
    { name: "a certificate of another namespace that grants it by name", objects: [gateway(elsewhere), grant({ to: [{ kind: "Secret", name: "wild" }] })] },
    { name: "a certificate that the controller uses without a grant", objects: [{ ...gateway(elsewhere), ...says("True", "ResolvedRefs") }] },
    {
      name: "two certificates, one of them its own",
      objects: [gateway({ ...elsewhere, tls: { certificateRefs: [...elsewhere.tls.certificateRefs, { name: "cert" }] } })],
    },
    { name: "options name the certificate", objects: [gateway({ ...https, tls: { options: { "networking.gke.io/pre-shared-certs": "cert" } } })] },
    { name: "a route that its controller calls broken for another reason", objects: [{ ...gateway(https), ...says("False", "InvalidRouteKinds") }] },
    {
      name: "a route to another namespace that grants nothing",
      objects: [gateway(http), route(abroad)],
      evidence: [{ path: "spec.listeners[0].protocol", message: "HTTPRoute shop/cart serves nothing: no ReferenceGrant allows what it names." }],
    },
    {
      name: "a route to another namespace that only another gateway serves without a grant",
      objects: [gateway(http), { ...route(abroad), ...routeSays("True", { name: "other" }) }],
    },
    {
      name: "a route to another namespace that only a gateway of its own namespace serves without a grant",
      objects: [gateway(http), { ...route(abroad), ...routeSays("True", { namespace: undefined }) }],
    },
    {
      name: "a route to a Service of another namespace that grants another",
      objects: [gateway(http), { ...route(abroad), ...routeSays("False") }, toCart({ name: "db" })],
    },
    {
      name: "the plain listener only redirects",
      objects: [
        gateway(http, https),
        route(redirect, { sectionName: "http" }),
        { ...route(forward, { sectionName: "https" }), metadata: { name: "secure", namespace: "shop" } },
      ],
    },
    { name: "TLS goes through to the pods", objects: [gateway({ name: "tls", port: 443, protocol: "TLS", tls: { mode: "Passthrough" } })] },
    { name: "the route asks for the port of the other listener", objects: [gateway(http, https), route(forward, { port: 443 })] },
    { name: "the route is of a kind that the plain listener cannot serve", objects: [gateway(http, https), { ...route(forward), kind: "TLSRoute" }] },
    {
      name: "the route is for another host",
      objects: [gateway({ ...http, hostname: "a.example.com" }, https), { ...route(forward), spec: { ...route(forward).spec, hostnames: ["b.example.com"] } }],
    },
    {
      name: "the gateway does not take the route",
      objects: [
        gateway(http),
        {
          ...route(forward),
          status: { parents: [{ parentRef: { name: "public", namespace: "edge" }, conditions: [{ type: "Accepted", status: "False" }] }] },
        },
      ],
    },
    { name: "the listener takes routes of its own namespace", objects: [gateway(allowing({ from: "Same" })), route(forward)] },
    { name: "the listener says nothing of namespaces", objects: [gateway({ name: "http", port: 80, protocol: "HTTP" }), route(forward)] },
    { name: "the listener chooses other namespaces", objects: [gateway(chosen), route(forward), shop({ team: "bank" })] },
    { name: "the listener takes another kind", objects: [gateway(allowing({ from: "All" }, { kinds: [{ kind: "GRPCRoute" }] })), route(forward)] },
    { name: "a redirect of a namespace whose labels were not read", objects: [gateway(chosen), route(redirect)], missing: ["namespaces"] },
    {
      name: "the plain listener only redirects, in a part of a cluster",
      objects: [gateway(http, https), route(redirect, { sectionName: "http" })],
      complete: false,
    },
    { name: "TLS alone, in a part of a cluster", objects: [gateway(https)], complete: false },
    { name: "the route belongs to another gateway", objects: [gateway(http), route(forward, { name: "other" })] },
  ],
  notApplicable: [{ name: "no listener", objects: [gateway()] }],
  unknown: [
    {
      name: "a certificate of another namespace, in a part of a cluster",
      objects: [gateway(elsewhere)],
      complete: false,
      reason: "Whether namespace certs allows the use of Secret wild is not among these manifests: they hold no ReferenceGrant for it.",
    },
    { name: "a route of a namespace whose labels no manifest shows", objects: [gateway(chosen), route(forward)], complete: false, reason: UNTOLD },
    { name: "a route of a namespace whose labels were not read", objects: [gateway(chosen), route(forward)], missing: ["namespaces"], reason: UNTOLD },
    {
      name: "an accepted route that another listener may serve alone",
      objects: [gateway(chosen, { ...https, allowedRoutes: { namespaces: { from: "All" } } }), accepted()],
      missing: ["namespaces"],
      reason: UNTOLD,
    },
    { name: "a plain listener without routes, in a part of a cluster", objects: [gateway(http)], complete: false },
    ...[[tcp], [https, tcp]].map((listeners) => ({
      name: `TCP, as one of ${listeners.length}`,
      objects: [gateway(...listeners)],
      reason: "Listener t passes on TCP; whether that is encrypted cannot be seen.",
    })),
  ],
});
