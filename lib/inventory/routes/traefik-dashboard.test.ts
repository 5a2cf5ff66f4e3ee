import { expect, test } from "vitest";
import { deployment, service } from "../testing";
import { contextOf, contextWithout } from "./testing-exposure";
import { traefikDashboardsView } from "./traefik-dashboard";

const traefik = (name: string, ...args: readonly string[]) =>
  deployment({
    name,
    container: { image: "docker.io/library/traefik:v3.6", args: ["--entryPoints.web.address=:8000", "--api.dashboard=true", ...args] },
  });
const front = (name: string, ip: string) =>
  service({
    name,
    spec: { type: "LoadBalancer", selector: { app: name }, ports: [{ port: 80, targetPort: 8000 }] },
    status: { loadBalancer: { ingress: [{ ip }] } },
  });
const route = (name = "dashboard", count = 1) => ({
  apiVersion: "traefik.io/v1alpha1",
  kind: "IngressRoute",
  metadata: { name, namespace: "shop" },
  spec: {
    entryPoints: ["web"],
    routes: Array.from({ length: count }, (_, i) => ({
      match: `Host(\`${i}.example.com\`)`,
      services: [{ kind: "TraefikService", name: "api@internal" }],
    })),
  },
});
const dashboards = (...objects: readonly object[]) =>
  [...contextOf(...objects).view(traefikDashboardsView)].map(([, entries]) => entries.map(({ exposure, path }) => `${exposure} ${path}`));

test("each Traefik has the ways to its own dashboard", () => {
  const both = [traefik("inner"), front("inner", "10.0.0.8"), traefik("outer"), front("outer", "34.1.2.3")];
  expect(dashboards(...both, route())).toEqual([["internal spec.routes[0]"], ["external spec.routes[0]"]]);
});

test("a Traefik serves routes of its class alone, and every rule counts", () => {
  const own = traefik("outer", "--providers.kubernetescrd.ingressclass=other");
  expect(dashboards(own, front("outer", "34.1.2.3"), route())).toEqual([[]]);
  expect(dashboards(traefik("outer"), front("outer", "34.1.2.3"), route("dashboard", 2))).toEqual([["external spec.routes[0]", "external spec.routes[1]"]]);
});

test("what arguments say of the API is read as Traefik reads it", () => {
  const opened = (...args: readonly string[]) => dashboards(traefik("outer", ...args), front("outer", "34.1.2.3"));
  expect(opened("--API.Insecure")).toEqual([["internal spec.template.spec.containers[0].args[2]"]]);
  expect(opened("--api.insecure=1", "--entrypoints.traefik.address=:8000")).toEqual([["external spec.template.spec.containers[0].args[2]"]]);
  expect(opened("--api.insecure=0")).toEqual([[]]);
});

test("routes that were not read leave it open, where Traefik is reached at all", () => {
  const untold = (ip: string) =>
    [...contextWithout(["IngressRoute"], traefik("outer"), front("outer", ip)).view(traefikDashboardsView).values()].flat().map((entry) => entry.untold);
  expect(untold("34.1.2.3")).toEqual(["Whether a route of Traefik leads to its dashboard is not known: Listing IngressRoute was refused."]);
  expect(untold("10.0.0.8")).toEqual([]);
});
