import { expect, test } from "vitest";
import { buildInventory } from "../build-inventory";
import { createContext } from "../context";
import { exposureView } from "./exposure";
import type { JsonRecord } from "../../model/json";
import { DEFAULT_SETTINGS } from "../inventory";
import { deployment, ingress, node, service } from "../testing";
import { contextOf, entriesOf, exposuresOf } from "./testing-exposure";

const aws = node({ spec: { providerID: "aws:///a/i-1" } });
const address = (value: object) => ({ status: { loadBalancer: { ingress: [value] } } });
const balancer = (annotations: object) => service({ metadata: { annotations }, spec: { type: "LoadBalancer" } });
const NGINX = "nginx.ingress.kubernetes.io/whitelist-source-range";
const limits = (annotation: string, ranges: string) => ({ metadata: { annotations: { [annotation]: ranges } } });
const haproxy = {
  apiVersion: "networking.k8s.io/v1",
  kind: "IngressClass",
  metadata: { name: "main", annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } },
  spec: { controller: "haproxy.org/ingress-controller/haproxy" },
};
const nginx = { ...haproxy, spec: { controller: "k8s.io/ingress-nginx" } };
const haproxyIngress = { ...haproxy, spec: { controller: "haproxy-ingress.github.io/controller" } };
const unclassed = { ...address({ ip: "34.1.2.3" }), spec: { ingressClassName: undefined } };
const SCHEME = "alb.ingress.kubernetes.io/scheme";
const balanced = address({ hostname: "shop.example.com" });
const API = "gateway.networking.k8s.io/v1";
const toAll = { allowedRoutes: { namespaces: { from: "All" } } };
const gateway = (addresses: readonly object[], listener: object = toAll) => ({
  apiVersion: API,
  kind: "Gateway",
  metadata: { name: "public", namespace: "edge" },
  spec: { listeners: [listener] },
  status: { addresses },
});
const route = {
  apiVersion: API,
  kind: "HTTPRoute",
  metadata: { name: "app", namespace: "shop" },
  spec: { parentRefs: [{ name: "public", namespace: "edge" }], rules: [{ backendRefs: [{ name: "app", port: 80 }] }] },
};

const abroad = {
  ...route,
  metadata: { name: "app", namespace: "edge" },
  spec: { ...route.spec, rules: [{ backendRefs: [{ name: "app", namespace: "shop", port: 80 }] }] },
};
const grant = (kind: string) => ({
  apiVersion: "gateway.networking.k8s.io/v1beta1",
  kind: "ReferenceGrant",
  metadata: { name: "edge", namespace: "shop" },
  spec: { from: [{ group: "gateway.networking.k8s.io", kind, namespace: "edge" }], to: [{ group: "", kind: "Service", name: "app" }] },
});
const edge = gateway([{ value: "34.1.2.3" }]);
const accepted = (status: string) => ({
  ...route,
  status: { parents: [{ parentRef: { name: "public", namespace: "edge" }, conditions: [{ type: "Accepted", status }] }] },
});
const toParent = (parent: object) => ({ ...route, spec: { ...route.spec, parentRefs: [{ name: "public", namespace: "edge", ...parent }] } });
const leftToDefaults = { ...route, spec: { useDefaultGateways: "All", rules: route.spec.rules } };
const asDefault = (own: typeof edge) => ({ ...own, spec: { ...own.spec, defaultScope: "All" } });
const http = { name: "http", port: 80, protocol: "HTTP", ...toAll };
const ofOwn = { ...http, allowedRoutes: { namespaces: { from: "Same" } } };
const ofTeam = { ...http, allowedRoutes: { namespaces: { from: "Selector", selector: { matchLabels: { team: "shop" } } } } };
const shop = (team: string) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels: { team } } });
const ips = [{ value: "34.1.2.3" }];
const listenerSet = (spec: object = {}) => ({
  apiVersion: API,
  kind: "ListenerSet",
  metadata: { name: "more", namespace: "shop" },
  spec: { parentRef: { name: "public", namespace: "edge" }, listeners: [ofOwn], ...spec },
});
const taking = (from: string) => ({ ...edge, spec: { ...edge.spec, allowedListeners: { namespaces: { from } } } });
const bySet = toParent({ kind: "ListenerSet", name: "more", namespace: "shop" });
const onInternet = node({ spec: { providerID: "aws:///a/i-1" }, status: { addresses: [{ type: "ExternalIP", address: "34.1.2.9" }] } });
const internalBalancer = (spec: object = {}) =>
  service({ metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" } }, spec: { type: "LoadBalancer", ...spec } });
const alias = (externalName: string) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "shop", namespace: "edge" },
  spec: { type: "ExternalName", externalName },
});
const byAlias = {
  ...ingress(address({ ip: "34.1.2.3" })),
  metadata: { name: "app", namespace: "edge" },
  spec: { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "shop", port: { number: 80 } } } }] } }] },
};
const served = { ...abroad, status: { parents: [{ parentRef: { name: "public" }, conditions: [{ type: "ResolvedRefs", status: "True" }] }] } };

test.each([
  ["a route of another namespace that is granted nothing", [service(), edge, abroad], ["internal", "none"]],
  ["a route of another namespace that is granted the Service", [service(), edge, abroad, grant("HTTPRoute")], ["external", "internal"]],
  ["a route of another namespace where another kind is granted the Service", [service(), edge, abroad, grant("GRPCRoute")], ["internal", "none"]],
  ["a route that its gateway serves without a grant", [service(), edge, served], ["external", "internal"]],
  ["nothing in front of it", [], []],
  ["a cluster address", [service()], ["internal"]],
  ["a Service for other pods", [service({ spec: { selector: { app: "other" } } })], []],
  ["a Service without a selector", [service({ spec: { selector: undefined, type: "NodePort" } })], []],
  ["a node port", [service({ spec: { type: "NodePort" } })], ["node"]],
  ["a public load balancer", [aws, service({ spec: { type: "LoadBalancer" } })], ["external"]],
  [
    "a load balancer for named networks",
    [aws, service({ spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["198.51.100.0/24"] } })],
    ["external-restricted"],
  ],
  ["a load balancer written for AWS, without an address", [balancer({ "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" })], ["external"]],
  ["a load balancer written for Azure, without an address", [balancer({ "service.beta.kubernetes.io/azure-dns-label-name": "shop" })], ["external"]],
  ["a load balancer written for Google, without an address", [balancer({ "cloud.google.com/neg": "{}" })], ["external"]],
  ["a load balancer written for Google otherwise, without an address", [balancer({ "networking.gke.io/load-balancer-type": "External" })], ["external"]],
  ["a load balancer with a name of AWS", [service({ spec: { type: "LoadBalancer" }, ...address({ hostname: "a.elb.amazonaws.com" }) })], ["external"]],
  ["a load balancer written for nobody that is known", [balancer({ "example.com/class": "fast" })], ["possible"]],
  ["a load balancer without an address", [service({ spec: { type: "LoadBalancer" } })], ["possible"]],
  ["a public external address", [service({ spec: { externalIPs: ["34.1.2.3"] } })], ["external"]],
  ["an Ingress with a public address", [service(), ingress(address({ ip: "34.1.2.3" }))], ["external", "internal"]],
  ["an Ingress with a private address", [service(), ingress(address({ ip: "10.0.0.1" }))], ["internal", "internal"]],
  ["an Ingress with a name of a load balancer", [service(), ingress(address({ hostname: "a.elb.amazonaws.com" }))], ["external", "internal"]],
  ["an Ingress without an address", [service(), ingress()], ["possible", "internal"]],
  [
    "an Ingress for named networks",
    [service(), ingress({ ...address({ ip: "34.1.2.3" }), ...limits(NGINX, "198.51.100.0/24,10.0.0.0/8") })],
    ["external-restricted", "internal"],
  ],
  ["an Ingress for private networks", [service(), ingress({ ...address({ ip: "34.1.2.3" }), ...limits(NGINX, "10.0.0.0/8") })], ["internal", "internal"]],
  [
    "an Ingress for a network and the world",
    [service(), ingress({ ...address({ ip: "34.1.2.3" }), ...limits(NGINX, "10.0.0.0/8, 0.0.0.0/0") })],
    ["external", "internal"],
  ],
  ["an Ingress for an internal load balancer of AWS", [service(), ingress({ ...balanced, ...limits(SCHEME, "internal") })], ["internal", "internal"]],
  [
    "an Ingress for a load balancer of AWS on the internet",
    [service(), ingress({ ...balanced, ...limits(SCHEME, "internet-facing") })],
    ["external", "internal"],
  ],
  [
    "an Ingress of another controller with such a wish",
    [service(), haproxy, ingress({ ...unclassed, ...limits(SCHEME, "internal") })],
    ["external", "internal"],
  ],
  [
    "an Ingress for an internal load balancer of Google",
    [service(), ingress({ ...unclassed, ...limits("kubernetes.io/ingress.class", "gce-internal") })],
    ["internal", "internal"],
  ],
  [
    "an Ingress of the default class, with ranges for another controller",
    [service(), haproxy, ingress({ ...unclassed, ...limits(NGINX, "198.51.100.0/24") })],
    ["external", "internal"],
  ],
  ["an Ingress to another Service", [service({ name: "other" }), ingress(address({ ip: "34.1.2.3" }))], ["internal"]],
  ["a route of a public gateway", [service(), gateway([{ value: "34.1.2.3" }]), route], ["external", "internal"]],
  ["a route of another namespace than a gateway takes", [service(), gateway(ips, ofOwn), route], ["internal", "none"]],
  ["a route that the gateway's controller takes all the same", [service(), gateway(ips, ofOwn), accepted("True")], ["external", "internal"]],
  ["a route that the gateway's controller does not take", [service(), edge, accepted("False")], ["internal", "none"]],
  ["a route of a chosen namespace", [service(), gateway(ips, ofTeam), route, shop("shop")], ["external", "internal"]],
  ["a route of a namespace that is not chosen", [service(), gateway(ips, ofTeam), route, shop("bank")], ["internal", "none"]],
  ["a route of another kind than a gateway serves", [service(), gateway(ips, { ...toAll, protocol: "TCP" }), route], ["internal", "none"]],
  ["a route to a listener that a gateway has", [service(), gateway(ips, http), toParent({ sectionName: "http" })], ["external", "internal"]],
  ["a route to a listener that a gateway has not", [service(), gateway(ips, http), toParent({ sectionName: "tcp" })], ["internal", "none"]],
  ["a route of the mesh for a Service called like a gateway", [service(), edge, toParent({ kind: "Service", group: "" })], ["internal"]],
  ["a route to a set of listeners that a gateway takes", [service(), taking("All"), listenerSet(), bySet], ["external", "internal"]],
  ["a route to a set of listeners that no gateway takes", [service(), edge, listenerSet(), bySet], ["internal", "none"]],
  ["a route that leaves itself to a default gateway", [service(), asDefault(edge), leftToDefaults], ["external", "internal"]],
  ["a route that leaves itself to default gateways, where none is one", [service(), edge, leftToDefaults], ["internal"]],
  [
    "a route that asks for no gateway beside a default one",
    [service(), asDefault(edge), { ...leftToDefaults, spec: { rules: route.spec.rules } }],
    ["internal"],
  ],
  ["a route that a default gateway does not take", [service(), asDefault(gateway(ips, ofOwn)), leftToDefaults], ["internal", "none"]],
  ["a route of a gateway that is not there", [service(), route], ["internal"]],
  ["an external address of a private network", [service({ spec: { externalIPs: ["192.168.1.10"] } })], ["node"]],
  ["an internal load balancer, which opens node ports too", [onInternet, internalBalancer()], ["node"]],
  [
    "a load balancer for named networks, which opens node ports to all",
    [onInternet, service({ spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["198.51.100.0/24"] } })],
    ["node"],
  ],
  ["a load balancer that asks for a private address", [service({ spec: { type: "LoadBalancer", loadBalancerIP: "192.168.1.240" } })], ["internal"]],
  ["a load balancer that asks MetalLB for one", [balancer({ "metallb.universe.tf/loadBalancerIPs": "192.168.1.240" })], ["internal"]],
  ["a load balancer that asks for a public address", [balancer({ "kube-vip.io/loadbalancerIPs": "34.1.2.3" })], ["external"]],
  ["a load balancer that asks for any address", [service({ spec: { type: "LoadBalancer", loadBalancerIP: "0.0.0.0" } })], ["possible"]],
  [
    "a load balancer of AWS, which gives no address that is asked for",
    [aws, service({ spec: { type: "LoadBalancer", loadBalancerIP: "10.0.0.9" } })],
    ["external"],
  ],
  ["an internal load balancer before nodes of a private network", [aws, internalBalancer()], ["internal"]],
  ["an internal load balancer without node ports", [onInternet, internalBalancer({ allocateLoadBalancerNodePorts: false })], ["internal"]],
  [
    "an internal load balancer that has kept its node ports",
    [onInternet, internalBalancer({ allocateLoadBalancerNodePorts: false, ports: [{ port: 80, nodePort: 30_080 }] })],
    ["node"],
  ],
  ["an Ingress to another name of its Service", [service(), alias("app.shop.svc.cluster.local"), byAlias], ["external", "internal"]],
  ["an Ingress to a name outside of the cluster", [service(), alias("app.example.com"), byAlias], ["internal"]],
  ["an Ingress on the machine of a developer", [service(), ingress(address({ hostname: "localhost" }))], ["internal", "internal"]],
  [
    "a gateway with a name on the internet that looks like one of the cluster",
    [service(), gateway([{ value: "svc.example.com" }]), route],
    ["external", "internal"],
  ],
  [
    "a gateway with a name of a cluster with a domain of its own",
    [service(), gateway([{ value: "public.edge.svc.prod.example.com" }]), route],
    ["internal", "internal"],
  ],
  ["a gateway with a name of the cluster", [service(), gateway([{ value: "public-istio.edge.svc.cluster.local" }]), route], ["internal", "internal"]],
])("tells how a workload is reached through %s", (_, objects, expected) => {
  expect(exposuresOf(...objects)).toEqual(expected);
});

test("says that labels nobody read decide whether a gateway takes a route", () => {
  const options = { isComplete: false, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  const entryOf = (...objects: JsonRecord[]) => {
    const context = createContext(buildInventory([deployment(), service(), ...objects], options));
    const [workload] = context.slices.workloads;
    return workload && context.view(exposureView)(workload)[0];
  };
  const untold = "Whether Gateway public takes HTTPRoute shop/app depends on labels of namespace shop, which were not read.";
  expect(entryOf(gateway(ips, ofTeam), route)).toMatchObject({ exposure: "external", untold });
  expect(entryOf(gateway(ips, ofTeam), route, shop("shop"))).not.toHaveProperty("untold");
});

test("names the reference that another namespace has not granted", () => {
  const context = contextOf(deployment(), service(), edge, abroad);
  const [workload] = context.slices.workloads;
  expect(workload && context.view(exposureView)(workload).at(-1)).toMatchObject({
    exposure: "none",
    path: "spec.rules[0].backendRefs[0]",
    value: "shop/app",
    message: "HTTPRoute edge/app names it, but no ReferenceGrant of its namespace allows that: it is not routed.",
  });
});

test("names the gateway that does not take a route", () => {
  const context = contextOf(deployment(), service(), gateway(ips, ofOwn), route);
  const [workload] = context.slices.workloads;
  expect(workload && context.view(exposureView)(workload).at(-1)).toMatchObject({
    exposure: "none",
    message: "HTTPRoute shop/app names it, but Gateway public does not take that route: it is not routed.",
  });
});

test("serves an Ingress without a class by the newest default class, as the server fills it in", () => {
  const older = { ...nginx, metadata: { ...nginx.metadata, name: "a", creationTimestamp: "2026-01-01T00:00:00Z" } };
  const newer = { ...haproxy, metadata: { ...haproxy.metadata, name: "b", creationTimestamp: "2026-02-01T00:00:00Z" } };
  const limited = ingress({ ...unclassed, ...limits(NGINX, "198.51.100.0/24") });
  expect(exposuresOf(service(), older, newer, limited)).toEqual(["external", "internal"]);
  expect(exposuresOf(service(), older, { ...newer, metadata: { ...newer.metadata, creationTimestamp: "2025-01-01T00:00:00Z" } }, limited)).toEqual([
    "external-restricted",
    "internal",
  ]);
});

test.each([
  ["haproxy.org/allow-list", haproxy],
  ["haproxy.org/whitelist", haproxy],
  ["haproxy.com/allow-list", haproxy],
  ["ingress.kubernetes.io/whitelist", haproxy],
  ["haproxy-ingress.github.io/allowlist-source-range", haproxyIngress],
  ["haproxy-ingress.github.io/whitelist-source-range", haproxyIngress],
  ["ingress.kubernetes.io/whitelist-source-range", haproxyIngress],
])("heeds the ranges of %s on an Ingress of the default class", (annotation, ofClass) => {
  const limited = ingress({ ...unclassed, ...limits(annotation, "198.51.100.0/24") });
  expect(exposuresOf(service(), ofClass, limited)).toEqual(["external-restricted", "internal"]);
});

test.each([
  ["haproxy-ingress.github.io/allowlist-source-range", haproxy],
  ["ingress.kubernetes.io/whitelist-source-range", haproxy],
  ["haproxy.org/allow-list", haproxyIngress],
  ["ingress.kubernetes.io/whitelist", haproxyIngress],
  ["haproxy.org/allow-list", { ...haproxy, spec: { controller: "example.com/haproxy" } }],
])("counts %s for nothing where the other controller of HAProxy, or a third one, serves it", (annotation, ofClass) => {
  const limited = ingress({ ...unclassed, ...limits(annotation, "198.51.100.0/24") });
  expect(exposuresOf(service(), ofClass, limited)).toEqual(["external", "internal"]);
});

test.each([
  [["haproxy-ingress.github.io/allowlist-source-range"], "external-restricted"],
  [["haproxy.org/allow-list"], "external-restricted"],
  [["haproxy-ingress.github.io/allowlist-source-range", "haproxy.org/ssl-redirect"], "external"],
])("tells which HAProxy it is by the annotations %j where only the name of its class is known", (names, exposure) => {
  const annotations = Object.fromEntries(names.map((name) => [name, "198.51.100.0/24"]));
  const limited = ingress({ ...address({ ip: "34.1.2.3" }), metadata: { annotations }, spec: { ingressClassName: "haproxy" } });
  expect(exposuresOf(service(), limited)).toEqual([exposure, "internal"]);
});

test.each([
  ["haproxy.org/auth-type", haproxy, true],
  ["haproxy.org/auth-type", haproxyIngress, false],
  ["haproxy-ingress.github.io/auth-url", haproxyIngress, true],
  ["haproxy-ingress.github.io/auth-url", haproxy, false],
  ["nginx.ingress.kubernetes.io/auth-url", haproxy, false],
  ["ingress.kubernetes.io/auth-type", haproxyIngress, true],
  ["haproxy.org/auth-realm", haproxy, false],
  ["haproxy-ingress.github.io/auth-realm", haproxyIngress, false],
  ["ingress.kubernetes.io/auth-tls-strict", haproxyIngress, false],
  ["nginx.ingress.kubernetes.io/auth-signin", nginx, false],
  ["nginx.ingress.kubernetes.io/auth-url", nginx, true],
])("takes %s for a sign-in where its controller may read it alone", (annotation, ofClass, hasSignIn) => {
  const guarded = ingress({ ...unclassed, ...limits(annotation, "basic") });
  expect(entriesOf(service(), ofClass, guarded)[0]).toMatchObject({ exposure: "external", hasSignIn });
});

test.each([
  ["alb.ingress.kubernetes.io/auth-type", { "alb.ingress.kubernetes.io/auth-on-unauthenticated-request": "allow" }, "ingress.k8s.aws/alb", false],
  [
    "alb.ingress.kubernetes.io/auth-type",
    {
      "alb.ingress.kubernetes.io/auth-on-unauthenticated-request": "deny",
      "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-west-1:1:certificate/1",
    },
    "ingress.k8s.aws/alb",
    true,
  ],
  ["nginx.ingress.kubernetes.io/auth-tls-secret", { "nginx.ingress.kubernetes.io/auth-tls-verify-client": "off" }, "k8s.io/ingress-nginx", false],
  ["nginx.ingress.kubernetes.io/auth-tls-secret", { "nginx.ingress.kubernetes.io/auth-tls-verify-client": "optional" }, "k8s.io/ingress-nginx", false],
  ["nginx.ingress.kubernetes.io/auth-tls-secret", { "nginx.ingress.kubernetes.io/auth-tls-verify-client": "on" }, "k8s.io/ingress-nginx", true],
])("takes %s beside %j for a sign-in only where nobody else is let in", (annotation, beside, controller, hasSignIn) => {
  const guarded = ingress({ ...unclassed, metadata: { annotations: { [annotation]: "oidc", ...beside } } });
  expect(entriesOf(service(), { ...haproxy, spec: { controller } }, guarded)[0]).toMatchObject({ exposure: "external", hasSignIn });
});

test("leads into the container behind the port that an Ingress or a route names", () => {
  const twoIn = deployment({
    podSpec: {
      containers: [
        { name: "web", image: "web:1", ports: [{ name: "web", containerPort: 8080 }] },
        { name: "redis", image: "redis:7", ports: [{ containerPort: 6379 }] },
      ],
    },
  });
  const both = service({
    spec: {
      ports: [
        { name: "http", port: 80, targetPort: "web" },
        { name: "data", port: 6379 },
      ],
    },
  });
  const through = (entry: JsonRecord) => {
    const context = contextOf(twoIn, both, edge, entry);
    const [workload] = context.slices.workloads;
    const [view] = workload?.views() ?? [];
    return view?.containers.map(
      (container) =>
        workload &&
        context
          .view(exposureView)(workload, view, container)
          .map(({ exposure }) => exposure),
    );
  };
  const toPort = (port: JsonRecord): JsonRecord => ({
    ...ingress(address({ ip: "34.1.2.3" })),
    spec: { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "app", port } } }] } }] },
  });
  const web = [["external", "internal"], ["internal"]];
  const data = [["internal"], ["external", "internal"]];
  expect(through(toPort({ number: 80 }))).toEqual(web);
  expect(through(toPort({ name: "data" }))).toEqual(data);
  expect(through(toPort({ number: 81 }))).toEqual([
    ["external", "internal"],
    ["external", "internal"],
  ]);
  expect(through(route)).toEqual(web);
});
