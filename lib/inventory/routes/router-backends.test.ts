import { describe, expect, test } from "vitest";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { routerBackendsView } from "./router-backends";
import { deployment, ingress, service } from "../testing";
import { contextOf, entriesOf } from "./testing-exposure";

const router = (name: string, image: string, className = "") =>
  deployment({
    name,
    container: { image, args: ["--entryPoints.web.address=:80", ...(className === "" ? [] : [`--providers.kubernetescrd.ingressClass=${className}`])] },
  });
const open = (name: string) =>
  service({
    name,
    spec: { type: "LoadBalancer", selector: { app: name }, ports: [{ port: 80 }] },
    status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } },
  });
const inside = (name: string) => service({ name, spec: { selector: { app: name }, ports: [{ port: 80 }] } });
const TRAEFIK = "docker.io/library/traefik:v3.6";
const traefik = (className: string) => router(className, TRAEFIK, className);
/** An IngressRoute of the Traefik of a class. */
const ingressRoute = (className: string, to: string, more: object = {}) => ({
  apiVersion: "traefik.io/v1alpha1",
  kind: "IngressRoute",
  metadata: { name: `${className}-${to}`, namespace: "shop", annotations: { "kubernetes.io/ingress.class": className } },
  spec: { entryPoints: ["web"], routes: [{ match: "PathPrefix(`/`)", services: [{ name: to, port: 80 }], ...more }] },
});
const istio = [
  router("proxy", "docker.io/istio/proxyv2:1.28.0"),
  {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name: "public", namespace: "shop" },
    spec: { selector: { app: "proxy" }, servers: [{ port: { number: 80, protocol: "HTTP" }, hosts: ["*"] }] },
  },
];
const virtualService = (to: string) => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: `to-${to}`, namespace: "shop" },
  spec: { hosts: ["*"], gateways: ["public"], http: [{ route: [{ destination: { host: to } }] }] },
});
const renamed = ({ metadata, ...object }: { readonly metadata: object }, index: number) => ({ ...object, metadata: { ...metadata, name: `route-${index}` } });
const routed = (...objects: readonly object[]) => entriesOf(service(), ...objects).find(({ via }) => via?.ref.name === "a-app" || via?.ref.name === "to-app");

describe("a router behind a router", () => {
  test.each([
    ["Traefik behind Istio", [...istio, traefik("a"), inside("a"), virtualService("a"), ingressRoute("a", "app")], "proxy"],
    ["Istio behind Traefik", [...istio, traefik("a"), inside("proxy"), ingressRoute("a", "proxy"), virtualService("app")], "a"],
    ["Traefik behind another Traefik", [traefik("a"), traefik("b"), inside("a"), ingressRoute("b", "a"), ingressRoute("a", "app")], "b"],
    [
      "Traefik behind Traefik behind Istio",
      [...istio, traefik("a"), traefik("b"), inside("a"), inside("b"), virtualService("b"), ingressRoute("b", "a"), ingressRoute("a", "app")],
      "proxy",
    ],
  ])("is reached as far as the first of them: %s", (_, objects, first) => {
    expect(routed(...objects, open(first))).toMatchObject({ exposure: "external", hasSignIn: false });
    expect(routed(...objects, inside(first))).toMatchObject({ exposure: "internal" });
  });

  const nginx = service({ name: "nginx", spec: { clusterIP: "10.96.0.9", ports: [{ port: 80 }] } });
  /** An Ingress to a Service, by the controller that has an address. */
  const controlled = (name: string, to: string, ip: string) =>
    ingress({
      name,
      spec: { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: to, port: { number: 80 } } } }] } }] },
      status: { loadBalancer: { ingress: [{ ip }] } },
    });

  test("is reached as far as the first of them: a controller of Ingresses behind Istio", () => {
    const behind = [...istio, nginx, virtualService("nginx"), ingress({ status: { loadBalancer: { ingress: [{ ip: "10.96.0.9" }] } } })];
    const ofIngress = (...more: readonly object[]) => entriesOf(service(), ...behind, ...more).find(({ via }) => via?.ref.kind === "Ingress");
    expect(ofIngress(open("proxy"))).toMatchObject({
      exposure: "external",
      message: expect.stringContaining("Service nginx has its address. VirtualService to-nginx routes to it"),
    });
    expect(ofIngress(inside("proxy"))).toMatchObject({ exposure: "internal" });
  });

  const at = (address: string) => ({ status: { addresses: [{ value: address }] } });
  const httpRoute = (to: string) => ({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: `to-${to}`, namespace: "shop" },
    spec: { parentRefs: [{ name: "inner" }], rules: [{ backendRefs: [{ name: to, port: 80 }] }] },
  });
  const gateway = (address: string) => ({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name: "inner", namespace: "shop" },
    spec: { gatewayClassName: "inner", listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
    ...at(address),
  });
  const envoy = service({ name: "envoy", spec: { clusterIP: "10.96.0.8", ports: [{ port: 80 }] } });
  const httpProxy = {
    apiVersion: "projectcontour.io/v1",
    kind: "HTTPProxy",
    metadata: { name: "to-app", namespace: "shop" },
    spec: { virtualhost: { fqdn: "app.example.com" }, routes: [{ services: [{ name: "app", port: 80 }] }] },
    status: { loadBalancer: { ingress: [{ ip: "10.96.0.8" }] } },
  };

  test.each([
    ["a Gateway behind Istio", "Gateway inner. Service envoy", [...istio, virtualService("envoy"), gateway("10.96.0.8"), httpRoute("app")], "proxy"],
    [
      "a Gateway that has a name of its Service",
      "Service envoy",
      [...istio, virtualService("envoy"), gateway("envoy.shop.svc.cluster.local"), httpRoute("app")],
      "proxy",
    ],
    ["a Gateway behind Traefik", "Service envoy", [traefik("a"), ingressRoute("a", "envoy"), gateway("10.96.0.8"), httpRoute("app")], "a"],
    [
      "a Gateway behind Traefik behind Istio",
      "Service envoy",
      [...istio, traefik("a"), inside("a"), virtualService("a"), ingressRoute("a", "envoy"), gateway("10.96.0.8"), httpRoute("app")],
      "proxy",
    ],
    [
      "Traefik behind a controller of Ingresses behind Istio",
      "through Traefik. Ingress outer routes to it.",
      [...istio, virtualService("envoy"), controlled("outer", "a", "10.96.0.8"), traefik("a"), inside("a"), ingressRoute("a", "app")],
      "proxy",
    ],
    [
      "a controller of Ingresses behind another one behind Istio",
      "Ingress to-app routes to it.",
      [...istio, virtualService("envoy"), controlled("outer", "nginx", "10.96.0.8"), nginx, controlled("to-app", "app", "10.96.0.9")],
      "proxy",
    ],
    ["Contour behind Istio", "Service envoy", [...istio, virtualService("envoy"), httpProxy], "proxy"],
    [
      "Traefik behind a Gateway behind Istio",
      "through Traefik",
      [...istio, virtualService("envoy"), gateway("10.96.0.8"), httpRoute("a"), traefik("a"), inside("a"), ingressRoute("a", "app")],
      "proxy",
    ],
  ])("is reached as far as the first of them, by the Service that has its address: %s", (_, words, objects, first) => {
    expect(routed(envoy, ...objects, open(first))).toMatchObject({ exposure: "external", hasSignIn: false, message: expect.stringContaining(words) });
    expect(routed(envoy, ...objects, inside(first))).toMatchObject({ exposure: "internal" });
  });

  test("thousands of routes of a Gateway behind thousands of another router are followed without a pause", () => {
    const routes = Array.from({ length: 4_000 }, (_, i) => [httpRoute("app"), ingressRoute("a", "envoy")].map((route) => renamed(route, i))).flat();
    const { view } = contextOf(service(), envoy, traefik("a"), gateway("10.96.0.8"), ...routes);
    const cpuMs = countCpuMs();
    expect(view(routerBackendsView).ofGateways).toHaveLength(4_000);
    // Half a second of the processor; the bound leaves room for a slower one.
    expect(cpuMs()).toBeLessThan(2_500);
  });

  test("is guarded by what is in front of the first", () => {
    const gate = { apiVersion: "traefik.io/v1alpha1", kind: "Middleware", metadata: { name: "gate", namespace: "shop" }, spec: { basicAuth: {} } };
    const guarded = ingressRoute("b", "a", { middlewares: [{ name: "gate" }] });
    expect(routed(gate, traefik("a"), traefik("b"), inside("a"), open("b"), guarded, ingressRoute("a", "app"))).toMatchObject({ hasSignIn: true });
  });

  test("is inside where all of them lead to each other alone", () => {
    const ring = [traefik("a"), traefik("b"), inside("a"), inside("b"), ingressRoute("a", "b"), ingressRoute("b", "a")];
    expect(routed(...ring, ingressRoute("a", "app"))).toMatchObject({ exposure: "internal" });
  });
});

test("rows of routers are followed a few times, however long they are, and what is behind more is left open", () => {
  const names = Array.from({ length: 500 }, (_, i) => `t${i}`);
  const row = names.flatMap((name, i) => [traefik(name), inside(name), ingressRoute(name, names[i + 1] ?? "app"), ingressRoute(name, name)]);
  const { backends } = contextOf(...row, open("t0")).view(routerBackendsView);
  const onward = backends.filter(({ key, entry }) => key !== `shop/${entry.via?.ref.name.split("-")[0]}`);
  const reached = onward.filter(({ entry }) => entry.exposure === "external");
  expect(reached.filter(({ entry }) => entry.untold === undefined).map(({ key }) => key)).toEqual(["shop/t1", "shop/t2", "shop/t3", "shop/t4"]);
  expect(reached.map(({ key }) => key)).toHaveLength(500);
  expect(reached.find(({ key }) => key === "shop/app")?.entry.untold).toBe(
    "More than 2 routers are before the one that serves it: from where the first is reached was not followed.",
  );
});
