import { expect, test } from "vitest";
import { configMap, deployment, service } from "../../inventory/testing";
import { type JsonRecord, record } from "../../model/json";
import { serviceEntriesView } from "./service-entries";
import { contextOf } from "./testing-worlds";

const API = "gateway.networking.k8s.io/v1";
const gateway: JsonRecord = {
  apiVersion: API,
  kind: "Gateway",
  metadata: { name: "public", namespace: "edge" },
  spec: { listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
};
const route = (backend: object, extra: object = {}): JsonRecord => ({
  apiVersion: API,
  kind: "HTTPRoute",
  metadata: { name: "app", namespace: "edge" },
  spec: { parentRefs: [{ name: "public" }], rules: [{ backendRefs: [{ name: "app", port: 80, ...backend }] }] },
  ...extra,
});
const MIRRORING: JsonRecord = {
  parentRefs: [{ name: "public" }],
  rules: [{ filters: [{ type: "RequestMirror", requestMirror: { backendRef: { name: "app", port: 80 } } }] }],
};
const grant: JsonRecord = {
  apiVersion: "gateway.networking.k8s.io/v1beta1",
  kind: "ReferenceGrant",
  metadata: { name: "edge", namespace: "shop" },
  spec: { from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "edge" }], to: [{ group: "", kind: "Service" }] },
};
const served = { status: { parents: [{ parentRef: { name: "public" }, conditions: [{ type: "ResolvedRefs", status: "True" }] }] } };

function toPublic(object: JsonRecord): JsonRecord {
  return { ...object, spec: { ...record(object.spec), parentRefs: [{ name: "public", namespace: "edge" }] } };
}

function entriesOf(...objects: readonly JsonRecord[]): readonly string[] {
  const entries = contextOf([service(), service({ namespace: "edge" }), gateway, ...objects]).view(serviceEntriesView);
  return [...entries].flatMap(([key, found]) => found.map(({ message }) => `${key}: ${message}`));
}

test("lets in to a Service who asks for it by a name of it, to the ports that are asked for or to all", () => {
  const shown = (port: JsonRecord) => {
    const ingress: JsonRecord = {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "app", namespace: "edge" },
      spec: { defaultBackend: { service: { name: "shop", port } } },
    };
    const alias: JsonRecord = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "shop", namespace: "edge" },
      spec: { type: "ExternalName", externalName: "app.shop.svc.cluster.local", ports: [{ name: "web", port: 80 }] },
    };
    const target = service({
      spec: {
        ports: [
          { port: 80, targetPort: 8080 },
          { name: "data", port: 6379 },
        ],
      },
    });
    return [...contextOf([target, alias, ingress]).view(serviceEntriesView)].map(([key, found]) => [
      key,
      found.flatMap(({ ports }) => ports.map((item) => item.port)),
    ]);
  };
  expect(shown({ number: 80 })).toEqual([["shop/app", [8080]]]);
  expect(shown({ name: "web" })).toEqual([["shop/app", [8080, 6379]]]);
});

const TRAEFIK = "traefik.io/v1alpha1";
const custom = (apiVersion: string, kind: string, spec: JsonRecord, namespace = "shop"): JsonRecord => ({
  apiVersion,
  kind,
  metadata: { name: "app", namespace },
  spec,
});

test.each<[string, JsonRecord]>([
  ["IngressRoute", custom(TRAEFIK, "IngressRoute", { routes: [{ services: [{ name: "app", port: 80 }] }] })],
  ["IngressRoute", custom(TRAEFIK, "IngressRoute", { routes: [{ services: [{ name: "app", namespace: "shop", port: "http", weight: 0 }] }] }, "other")],
  ["IngressRouteTCP", custom(TRAEFIK, "IngressRouteTCP", { routes: [{ services: [{ name: "app", port: 80 }] }] })],
  ["TraefikService", custom(TRAEFIK, "TraefikService", { weighted: { services: [{ name: "app", port: 80 }] } })],
  ["TraefikService", custom(TRAEFIK, "TraefikService", { mirroring: { name: "other", mirrors: [{ name: "app", port: 80 }] } })],
  ["TraefikService", custom(TRAEFIK, "TraefikService", { failover: { service: { name: "other" }, fallback: { name: "app", port: 80 } } })],
  ["Middleware", custom(TRAEFIK, "Middleware", { forwardAuth: { address: "http://app.shop.svc.cluster.local:80/verify" } }, "other")],
  ["Middleware", custom(TRAEFIK, "Middleware", { errors: { service: { name: "app", port: 80 } } })],
  [
    "VirtualService",
    custom("networking.istio.io/v1", "VirtualService", { http: [{ route: [{ destination: { host: "app" } }, { destination: { host: "x" } }] }] }),
  ],
  ["VirtualService", custom("networking.istio.io/v1", "VirtualService", { tcp: [{ route: [{ destination: { host: "app.shop.svc.cluster.local" } }] }] }, "a")],
  ["VirtualService", custom("networking.istio.io/v1", "VirtualService", { http: [{ mirror: { host: "app", port: { number: 80 } } }] })],
  ["Route", custom("route.openshift.io/v1", "Route", { to: { kind: "Service", name: "app" }, port: { targetPort: 8080 } })],
  ["Route", custom("route.openshift.io/v1", "Route", { to: { name: "other" }, alternateBackends: [{ name: "app", weight: 0 }] })],
  ["HTTPProxy", custom("projectcontour.io/v1", "HTTPProxy", { routes: [{ services: [{ name: "app", port: 80 }] }] })],
  ["HTTPProxy", custom("projectcontour.io/v1", "HTTPProxy", { tcpproxy: { services: [{ name: "app", port: 80 }] } })],
])("lets in to a Service that a route of one router alone names: %s", (kind, object) => {
  const entries = contextOf([service(), object]).view(serviceEntriesView);
  expect(entries.get("shop/app")).toMatchObject([{ message: `${kind} app routes to it.`, ports: [{ protocol: "TCP", port: "http" }] }]);
});

test("lets in to a Service that routers ask of each request", () => {
  const asking: JsonRecord = {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "web", namespace: "edge", annotations: { "nginx.ingress.kubernetes.io/auth-url": "http://app.shop.svc.cluster.local/auth" } },
    spec: {},
  };
  expect(entriesOf(asking)).toEqual(["shop/app: Ingress web has its controller ask it."]);
  const ofPolicy = (spec: JsonRecord) => entriesOf(custom("gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", spec));
  for (const transport of ["http", "grpc"])
    expect(ofPolicy({ extAuth: { [transport]: { backendRefs: [{ name: "app", port: 80 }] } } })).toEqual(["shop/app: SecurityPolicy app routes to it."]);
  expect(ofPolicy({ extAuth: { http: { backendRef: { name: "app", port: 80 } } } })).toEqual(["shop/app: SecurityPolicy app routes to it."]);
});

test("lets in to no Service for a route to others, or to what is none", () => {
  const names: JsonRecord = { name: "app", kind: "TraefikService" };
  expect(entriesOf(custom(TRAEFIK, "IngressRoute", { routes: [{ services: [names, { name: "other" }, {}] }, "odd"] }))).toEqual([]);
  expect(entriesOf(custom("networking.istio.io/v1", "VirtualService", { http: [{ route: [{ destination: { host: "app.example.com" } }] }] }))).toEqual([]);
  expect(entriesOf(custom(TRAEFIK, "Middleware", { forwardAuth: { address: "https://app.example.com" } }))).toEqual([]);
});

test("lets in to a Service that is bound to a target group of AWS", () => {
  const binding: JsonRecord = {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: { name: "app", namespace: "shop" },
    spec: { serviceRef: { name: "app", port: 80 }, targetType: "ip", targetGroupARN: "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/app/1" },
  };
  expect(entriesOf(binding)).toEqual(["shop/app: TargetGroupBinding app has a load balancer of AWS lead to it."]);
});

test("lets in to a Service what an ingress controller passes on to it", () => {
  const controller = deployment({ name: "ingress", namespace: "edge", container: { args: ["--tcp-services-configmap=edge/tcp"] } });
  const passed = configMap({ name: "tcp", namespace: "edge", data: { "6379": "shop/app:80" } });
  expect(entriesOf(controller, passed)).toEqual(["shop/app: An ingress controller passes its port 6379 on to it."]);
  expect(entriesOf(passed)).toEqual([]);
});

test.each([
  ["of its own namespace", [route({})], ["edge/app: HTTPRoute app routes to it."]],
  ["of a namespace that grants it", [route({ namespace: "shop" }), grant], ["shop/app: HTTPRoute app routes to it."]],
  ["of a namespace that grants nothing", [route({ namespace: "shop" })], []],
  ["that its gateway serves without a grant", [route({ namespace: "shop" }, served)], ["shop/app: HTTPRoute app routes to it."]],
  ["that its gateway does not take", [route({ namespace: "shop" }, { metadata: { name: "app", namespace: "shop" } })].map(toPublic), []],
  ["of a gateway that is not here", [route({}, { metadata: { name: "app", namespace: "shop" } })], ["shop/app: HTTPRoute app routes to it."]],
  ["that mirrors requests to it", [route({}, { spec: MIRRORING })], ["edge/app: HTTPRoute app routes to it."]],
  ["of another kind", [route({ kind: "ServiceImport" })], []],
])("lets a route in to a Service %s", (_, objects, expected) => {
  expect(entriesOf(...objects)).toEqual(expected);
});
