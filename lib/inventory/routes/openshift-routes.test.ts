import { expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { deployment, service } from "../testing";
import { entriesOf } from "./testing-exposure";

const admitted = (routerName: string, status = "True") => ({ routerName, conditions: [{ type: "Admitted", status }] });
const route = (spec: object = {}, ingress: readonly object[] = [admitted("default")], annotations: object = {}) => ({
  apiVersion: "route.openshift.io/v1",
  kind: "Route",
  metadata: { name: "app", namespace: "shop", annotations },
  spec: { host: "app.example.com", to: { kind: "Service", name: "app", weight: 100 }, ...spec },
  status: { ingress },
});
const router = (name: string, podSpec: JsonRecord = {}) =>
  deployment({ name: `router-${name}`, namespace: "openshift-ingress", container: { ports: [{ containerPort: 443 }] }, podSpec });
const front = (name: string, ip: string) =>
  service({
    name: `router-${name}`,
    namespace: "openshift-ingress",
    spec: { type: "LoadBalancer", selector: { app: `router-${name}` }, ports: [{ port: 443 }] },
    status: { loadBalancer: { ingress: [{ ip }] } },
  });
const served = [service(), router("default"), front("default", "34.1.2.3"), router("inner"), front("inner", "10.0.0.8")];
const entry = (...objects: readonly object[]) => entriesOf(...objects).find(({ via }) => via?.ref.kind === "Route");

test("goes as far as the router that takes it", () => {
  expect(entry(...served, route())).toMatchObject({
    exposure: "external",
    path: "spec.to",
    value: "app.example.com",
    message: "Route app routes to it through router default. Service router-default is a load balancer. Its address 34.1.2.3 is on the internet.",
    hasSignIn: false,
  });
  expect(entry(...served, route({}, [admitted("inner")]))).toMatchObject({ exposure: "internal" });
  expect(entry(...served, route({}, [admitted("default", "False"), admitted("inner")]))).toMatchObject({ exposure: "internal" });
  expect(entry(...served, route({}, []))).toMatchObject({ exposure: "external" });
  expect(entry(service(), router("default", { hostNetwork: true }), route())).toMatchObject({ exposure: "node" });
  expect(entry(service(), route())).toMatchObject({ exposure: "possible", message: "Route app routes to it; no router is seen that serves it." });
});

test("leads nowhere where no router takes it", () => {
  expect(entry(...served, route({}, [admitted("default", "False")]))).toMatchObject({
    exposure: "none",
    message: "Route shop/app names it, but no router takes that route: it is not routed.",
  });
});

test("shares requests by weight", () => {
  const beside = (weight: number) => route({ to: { name: "other", weight: 1 }, alternateBackends: [{ name: "app", weight }] });
  expect(entry(...served, beside(1))).toMatchObject({ exposure: "external", path: "spec.alternateBackends[0]" });
  expect(entry(...served, beside(0))).toBeUndefined();
});

test.each(["ip_whitelist", "ip_allowlist"])("reads the networks of %s", (name) => {
  const limited = route({}, [admitted("default")], { [`haproxy.router.openshift.io/${name}`]: "198.51.100.0/24 10.0.0.0/8" });
  expect(entry(...served, limited)).toMatchObject({ exposure: "external-restricted" });
  const unheeded = route({}, [admitted("default")], { [`haproxy.router.openshift.io/${name}`]: "10.0.0.0/8,192.168.0.0/16" });
  expect(entry(...served, unheeded)).toMatchObject({ exposure: "external" });
});

test("of another project, is none of OpenShift", () => {
  expect(entry(...served, { ...route(), apiVersion: "serving.knative.dev/v1" })).toBeUndefined();
});
