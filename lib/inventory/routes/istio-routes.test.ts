import { describe, expect, test } from "vitest";
import { deployment, service } from "../testing";
import { entriesOf, entriesWithout } from "./testing-exposure";

const API = "networking.istio.io/v1";
const custom = (kind: string, spec: object, metadata: object = {}) => ({
  apiVersion: API,
  kind,
  metadata: { name: "app", namespace: "shop", ...metadata },
  spec,
});
const server = (more: object = {}) => ({ port: { number: 443, name: "https", protocol: "HTTPS" }, hosts: ["*"], tls: { mode: "SIMPLE" }, ...more });
const gateway = (...servers: readonly object[]) =>
  custom("Gateway", { selector: { app: "ingress" }, servers: servers.length > 0 ? servers : [server()] }, { name: "public", namespace: "edge" });
const to = (host: string, more: object = {}) => ({ route: [{ destination: { host, port: { number: 80 } } }], ...more });
const route = (spec: object = {}, metadata: object = {}) =>
  custom("VirtualService", { hosts: ["app.example.com"], gateways: ["edge/public"], http: [to("app")], ...spec }, metadata);
const proxy = deployment({ name: "ingress", namespace: "mesh" });
const front = (ip: string, port = 443) =>
  service({
    name: "ingress",
    namespace: "mesh",
    spec: { type: "LoadBalancer", selector: { app: "ingress" }, ports: [{ port, targetPort: 8443 }] },
    status: { loadBalancer: { ingress: [{ ip }] } },
  });
const served = [service(), proxy, front("34.1.2.3")];
const entry = (...objects: readonly object[]) => entriesOf(...objects).find(({ via }) => via?.ref.kind === "VirtualService");

describe("a VirtualService", () => {
  test("goes as far as the proxies of its Gateway", () => {
    expect(entry(...served, gateway(), route())).toMatchObject({
      exposure: "external",
      path: "spec.http[0]",
      value: ["app.example.com"],
      message: "VirtualService app routes to it through Gateway edge/public. Service ingress is a load balancer. Its address 34.1.2.3 is on the internet.",
      hasSignIn: false,
    });
    expect(entry(service(), proxy, front("10.0.0.8"), gateway(), route())).toMatchObject({ exposure: "internal" });
    expect(entry(service(), proxy, front("34.1.2.3", 15021), gateway(), route())).toMatchObject({ exposure: "internal" });
    expect(entry(service(), gateway(), route())).toMatchObject({
      exposure: "possible",
      message: "VirtualService app routes to it through Gateway edge/public; no proxy is seen that serves it.",
    });
  });

  test.each([
    [
      "a Route of OpenShift",
      {
        apiVersion: "route.openshift.io/v1",
        kind: "Route",
        spec: { host: "app.example.com", to: { kind: "Service", name: "ingress" } },
        status: { ingress: [{ routerName: "default" }] },
      },
      [
        deployment({ name: "router-default", namespace: "openshift-ingress" }),
        service({
          name: "router-default",
          namespace: "openshift-ingress",
          spec: { type: "LoadBalancer", selector: { app: "router-default" }, ports: [{ port: 443 }] },
          status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } },
        }),
      ],
    ],
    [
      "an HTTPProxy of Contour",
      {
        apiVersion: "projectcontour.io/v1",
        kind: "HTTPProxy",
        spec: { virtualhost: { fqdn: "app.example.com" }, routes: [{ services: [{ name: "ingress", port: 443 }] }] },
        status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } },
      },
      [],
    ],
    [
      "an IngressRoute of Traefik",
      {
        apiVersion: "traefik.io/v1alpha1",
        kind: "IngressRouteTCP",
        spec: { routes: [{ match: "HostSNI(`*`)", services: [{ name: "ingress", port: 443 }] }] },
      },
      [
        deployment({ name: "traefik", namespace: "edge", container: { image: "docker.io/library/traefik:v3.6" } }),
        service({
          name: "traefik",
          namespace: "edge",
          spec: { type: "LoadBalancer", selector: { app: "traefik" } },
          status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } },
        }),
      ],
    ],
  ])("goes as far as what leads to its proxies: %s", (_, object, routers) => {
    const inside = service({ name: "ingress", namespace: "mesh", spec: { selector: { app: "ingress" }, ports: [{ port: 443, targetPort: 8443 }] } });
    const before = { metadata: { name: "front", namespace: "mesh" }, ...object };
    expect(entry(service(), proxy, inside, gateway(), route())).toMatchObject({ exposure: "internal" });
    expect(entry(service(), proxy, inside, ...routers, before, gateway(), route())).toMatchObject({ exposure: "external" });
  });

  test.each([
    ["by a name with its namespace", route({ http: [to("app.shop.svc.cluster.local")] })],
    ["from another namespace", route({ http: [to("app.shop.svc.cluster.local")] }, { namespace: "edge" })],
    ["for connections with TLS that it passes on", route({ http: undefined, tls: [to("app")] })],
    ["for connections", route({ http: undefined, tcp: [to("app")] })],
    ["by a copy of each request", route({ http: [to("other", { mirror: { host: "app" } })] })],
    ["by several copies", route({ http: [to("other", { mirrors: [{ destination: { host: "app" } }] })] })],
    ["for every host", route({ hosts: ["*"] })],
    ["bound to a Gateway of its own namespace", route({ gateways: ["mesh", "public"], http: [to("app.shop")] }, { namespace: "edge" })],
    ["bound to a Gateway as earlier versions name it", route({ gateways: ["public.edge.svc.cluster.local"] })],
    ["bound to a Gateway beside it", route({ gateways: ["./public"], http: [to("app.shop")] }, { namespace: "edge" })],
    ["exported to the namespace of the proxies", route({ exportTo: ["mesh"] })],
  ])("leads in %s", (_, object) => {
    expect(entry(...served, gateway(server({ hosts: ["*/*.example.com"] })), object)).toMatchObject({ exposure: "external" });
  });

  test.each([
    ["for the mesh alone", route({ gateways: undefined })],
    ["bound to a Gateway that is not there", route({ gateways: ["edge/other"] })],
    ["for hosts that its Gateway does not serve", route({ hosts: ["app.example.org"] })],
    ["exported to its own namespace alone", route({ exportTo: ["."] })],
    ["with a rule for the mesh alone", route({ gateways: ["mesh", "edge/public"], http: [to("app", { match: [{ gateways: ["mesh"] }] })] })],
    ["for a host that is too long for a name", route({ hosts: [`${"a.".repeat(150)}example.com`] })],
    ["that leads elsewhere", route({ http: [to("app.example.com")] })],
    [
      "that gives it no weight",
      route({
        http: [
          {
            route: [
              { destination: { host: "app" }, weight: 0 },
              { destination: { host: "other" }, weight: 100 },
            ],
          },
        ],
      }),
    ],
  ])("leads nowhere: one %s", (_, object) => {
    expect(entry(...served, gateway(server({ hosts: ["*.example.com"] })), object)).toBeUndefined();
  });

  test("is taken by servers for its namespace alone, that do more than redirect", () => {
    expect(entry(...served, gateway(server({ hosts: ["shop/*"] })), route())).toMatchObject({ exposure: "external" });
    expect(entry(...served, gateway(server({ hosts: ["./*"] })), route())).toBeUndefined();
    const http = { number: 443, name: "http", protocol: "HTTP" };
    expect(entry(...served, gateway(server({ port: http, tls: { httpsRedirect: true } })), route())).toBeUndefined();
    // What has come by TLS need not be redirected.
    expect(entry(...served, gateway(server({ tls: { mode: "SIMPLE", httpsRedirect: true } })), route())).toMatchObject({ exposure: "external" });
  });

  test("leads on through a delegate", () => {
    const root = route({ http: [{ delegate: { name: "part", namespace: "shop" } }] }, { namespace: "edge" });
    const part = custom("VirtualService", { http: [to("app")] }, { name: "part" });
    expect(entry(...served, gateway(), root, part)).toMatchObject({ exposure: "external", path: "spec.http[0]" });
    expect(entry(...served, gateway(), part)).toBeUndefined();
  });
});

describe("in front of a VirtualService", () => {
  const policy = (spec: object, namespace = "mesh") => ({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "gate", namespace },
    spec,
  });
  const tokens = { rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] };

  test.each([
    ["tokens at its proxies", policy({ selector: { matchLabels: { app: "ingress" } }, ...tokens }), true],
    ["tokens in the whole mesh", policy(tokens, "istio-system"), true],
    ["tokens at other pods", policy({ selector: { matchLabels: { app: "egress" } }, ...tokens }), false],
    ["tokens in another namespace", policy(tokens, "edge"), false],
    [
      "tokens for another host",
      policy({
        rules: [{ to: [{ operation: { hosts: ["other.example.com"] } }], ...tokens.rules[0] }, { to: [{ operation: { hosts: ["app.example.com"] } }] }],
      }),
      false,
    ],
  ])("a policy counts where it holds: %s", (_, object, hasSignIn) => {
    expect(entry(...served, gateway(), route(), object)).toMatchObject({ exposure: "external", hasSignIn });
  });

  test("networks of a policy count", () => {
    const office = policy({ rules: [{ from: [{ source: { remoteIpBlocks: ["198.51.100.0/24"] } }] }] });
    expect(entry(...served, gateway(), route(), office)).toMatchObject({ exposure: "external-restricted" });
  });

  test("certificates of clients count, where every server asks for them", () => {
    const mutual = server({ tls: { mode: "MUTUAL" } });
    expect(entry(...served, gateway(mutual), route())).toMatchObject({ hasSignIn: true });
    expect(entry(...served, gateway(mutual, server()), route())).toMatchObject({ hasSignIn: false });
    const plain = server({ port: { number: 443, name: "http", protocol: "HTTP" }, tls: { mode: "MUTUAL" } });
    expect(entry(...served, gateway(plain), route())).toMatchObject({ hasSignIn: false });
    expect(entry(...served, gateway(mutual, server({ hosts: ["other.example.com"] })), route())).toMatchObject({ hasSignIn: true });
  });

  test("policies that were not read leave it open", () => {
    const [found] = entriesWithout(["AuthorizationPolicy"], ...served, gateway(), route()).filter(({ via }) => via?.ref.kind === "VirtualService");
    expect(found).toMatchObject({
      untold: "Whether an AuthorizationPolicy asks for a sign-in in front of VirtualService app was not read: Listing AuthorizationPolicy was refused.",
    });
  });
});

test("Gateways of Istio are no Gateways of the Gateway API", () => {
  const other = { ...gateway(), apiVersion: "gateway.networking.k8s.io/v1" };
  expect(entry(...served, other, route())).toBeUndefined();
});

test("servers and proxies are looked up for each route, not gone through", () => {
  const hosts = Array.from({ length: 4_000 }, (_, i) => `h${i}.example.com`);
  const routes = hosts.map((host, i) => route({ hosts: [host, "*"] }, { name: `r${i}` }));
  expect(
    entriesOf(...served, gateway(...hosts.map((host) => server({ hosts: [host] }))), ...routes).filter(({ via }) => via?.ref.kind === "VirtualService"),
  ).toHaveLength(4_000);
});

test("policies are asked once for each route, however many servers a Gateway has", () => {
  const servers = Array.from({ length: 1_000 }, (_, i) => server({ port: { number: i + 1, name: `p${i}`, protocol: "HTTPS" } }));
  const routes = Array.from({ length: 1_000 }, (_, i) => route({ hosts: [`h${i}.example.com`] }, { name: `r${i}` }));
  const rules = Array.from({ length: 1_000 }, (_, i) => ({ to: [{ operation: { hosts: [`h${i}.example.com`] } }] }));
  const policy = { apiVersion: "security.istio.io/v1", kind: "AuthorizationPolicy", metadata: { name: "gate", namespace: "mesh" }, spec: { rules } };
  const found = entriesOf(...served, gateway(...servers), policy, ...routes).filter(({ via }) => via?.ref.kind === "VirtualService");
  expect(found.filter(({ hasSignIn }) => !hasSignIn)).toHaveLength(1_000);
});
