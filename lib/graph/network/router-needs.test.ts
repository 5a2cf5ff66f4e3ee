import { expect, test } from "vitest";
import { daemonSet, deployment, namespace, service } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { decideConnection } from "./answer-connection";
import { endpointsView } from "./endpoints";
import { listEgressNeeds } from "./list-egress-needs";
import { CALLERS } from "./list-ingress-needs";
import { policyIndexView } from "./policy-index";
import { proposeForNamespace } from "./propose-policy";
import { contextOf, proofOf } from "./testing-worlds";

const custom = (apiVersion: string, kind: string, spec: JsonRecord): JsonRecord => ({ apiVersion, kind, metadata: { name: "app", namespace: "shop" }, spec });
const TO_APP = { services: [{ name: "app", port: 80 }] };
const HOST_NETWORK = { podSpec: { hostNetwork: true } };

interface World {
  readonly router: JsonRecord;
  readonly key: string;
  readonly objects: readonly JsonRecord[];
}

const traefik: World = {
  router: deployment({ name: "traefik", namespace: "edge", container: { image: "docker.io/library/traefik:v3.6" } }),
  key: "edge/Deployment/traefik",
  objects: [custom("traefik.io/v1alpha1", "IngressRoute", { routes: [TO_APP] })],
};
const istio: World = {
  router: deployment({ name: "gateway", namespace: "edge", podLabels: { istio: "ingressgateway" } }),
  key: "edge/Deployment/gateway",
  objects: [
    custom("networking.istio.io/v1", "Gateway", { selector: { istio: "ingressgateway" }, servers: [{ hosts: ["*"], port: { number: 80, protocol: "HTTP" } }] }),
    custom("networking.istio.io/v1", "VirtualService", { gateways: ["app"], hosts: ["*"], http: [{ route: [{ destination: { host: "app" } }] }] }),
  ],
};
const openshift = (part: object = {}): World => ({
  router: deployment({ name: "router-default", namespace: "openshift-ingress", ...part }),
  key: "openshift-ingress/Deployment/router-default",
  objects: [custom("route.openshift.io/v1", "Route", { to: { kind: "Service", name: "app" } })],
});
const contour: World = {
  router: daemonSet({ name: "envoy", namespace: "edge", container: { image: "docker.io/envoyproxy/envoy:v1.35.0" } }),
  key: "edge/DaemonSet/envoy",
  objects: [custom("projectcontour.io/v1", "HTTPProxy", { virtualhost: { fqdn: "app.example.com" }, routes: [TO_APP] })],
};

const gatewayOfApi: World = {
  router: deployment({ name: "public-istio", namespace: "edge", podLabels: { "gateway.networking.k8s.io/gateway-name": "public" } }),
  key: "edge/Deployment/public-istio",
  objects: [
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { name: "app", namespace: "shop" },
      spec: { parentRefs: [{ name: "public", namespace: "edge" }], rules: [{ backendRefs: [{ name: "app", port: 80 }] }] },
    },
  ],
};

const worlds = {
  "a proxy of the Gateway API": gatewayOfApi,
  traefik,
  istio,
  openshift: openshift(),
  "openshift on its nodes": openshift(HOST_NETWORK),
  contour,
};
const cases = Object.entries(worlds).flatMap(([name, world]) =>
  CALLERS.flatMap((callers) =>
    [{}, HOST_NETWORK].map((part) => ({ name, callers, backend: part === HOST_NETWORK ? "on its node" : "in its own network", world, part })),
  ),
);

test.each(cases)("policies for callers that are $callers cut no way from $name to a backend $backend", async ({ callers, world, part }) => {
  const app = { ...part, container: { ports: [{ name: "http", containerPort: 8080 }] } };
  const objects = [...["shop", "edge", "openshift-ingress"].map((name) => namespace({ name })), deployment(app), service(), world.router, ...world.objects];
  const context = contextOf(objects);
  const ends = context.view(endpointsView);
  const [from, to] = [ends.get(world.key)?.[0], ends.get("shop/Deployment/app")?.[0]];
  if (!from || !to) throw new Error("the world has both");
  const proposals = ["shop", "edge", "openshift-ingress"].map((name) => proposeForNamespace(context, name, callers));
  for (const proposal of proposals) expect(await proofOf(context, proposal)).toMatchObject({ cut: [], opened: 0 });
  const created = proposals.flatMap(({ policies }) => policies.map(({ body }) => body));
  expect(created.length > 0).toBe(world !== worlds["openshift on its nodes"] || part !== HOST_NETWORK);
  const after = contextOf([...objects, ...created]).view(policyIndexView);
  expect(decideConnection(after, from, to, { port: 8080, protocol: "TCP" }).allowed).toBe(true);
});

const asking = (address: string) => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "app", namespace: "shop", annotations: { "nginx.ingress.kubernetes.io/auth-url": address } },
  spec: {},
});
const SECURITY = "gateway.envoyproxy.io/v1alpha1";
const inside = custom("traefik.io/v1alpha1", "IngressRoute", { routes: [TO_APP] });

test.each<[string, "anywhere" | "cluster", readonly JsonRecord[]]>([
  ["pods", "cluster", [service(), inside]],
  ["pods, and asks one of them", "cluster", [service(), asking("http://app.shop.svc.cluster.local/auth")]],
  ["what has a name outside", "anywhere", [service({ spec: { type: "ExternalName", externalName: "app.example.com" } }), inside]],
  ["what somebody chose", "anywhere", [service({ spec: { selector: null } }), inside]],
  [
    "pods, and asks outside",
    "anywhere",
    [service(), inside, custom("traefik.io/v1alpha1", "Middleware", { forwardAuth: { address: "https://id.example.com" } })],
  ],
  ["pods, and asks outside for an Ingress", "anywhere", [service(), asking("https://id.example.com/auth")]],
  [
    "pods, and looks for keys outside",
    "anywhere",
    [service(), custom(SECURITY, "SecurityPolicy", { jwt: { providers: [{ remoteJWKS: { uri: "https://id.example.com/keys" } }] } })],
  ],
  [
    "pods, and has people sign in outside",
    "anywhere",
    [service(), custom(SECURITY, "SecurityPolicy", { oidc: { provider: { issuer: "https://id.example.com" } } })],
  ],
])("lets a router out to where routes lead: %s", (_, kind, objects) => {
  const context = contextOf([traefik.router, deployment(), ...objects]);
  const router = context.slices.workloads.find(({ ref }) => ref.name === "traefik");
  if (!router) throw new Error("the world has one");
  const needs = listEgressNeeds(context, router, "named").filter(({ because }) => because.message.startsWith("It sends requests on"));
  expect(needs).toMatchObject([{ peers: { kind } }]);
});
