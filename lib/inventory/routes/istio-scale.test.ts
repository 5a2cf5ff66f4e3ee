import { expect, test } from "vitest";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { routerBackendsView } from "./router-backends";
import { routeTlsView } from "./route-tls";
import { deployment, service } from "../testing";
import { contextOf } from "./testing-exposure";
import { wideRoutesView } from "./wide-routes";

const MANY = Array.from({ length: 2_000 }, (_, i) => i);
const istio = (kind: string, name: string, namespace: string, spec: object) => ({
  apiVersion: "networking.istio.io/v1",
  kind,
  metadata: { name, namespace },
  spec,
});
const gateway = (toHost: (i: number) => string) =>
  istio("Gateway", "public", "edge", {
    selector: { istio: "ingressgateway" },
    servers: MANY.map((i) => ({ hosts: [toHost(i)], port: { number: 1_000 + i, protocol: "HTTP" } })),
  });
const route = (i: number, host: string) =>
  istio("VirtualService", "app", `team-${i}`, { hosts: [host], gateways: ["edge/public"], http: [{ route: [{ destination: { host: "app" } }] }] });
const proxy = deployment({ name: "proxy", namespace: "edge", podLabels: { istio: "ingressgateway" } });
const front = service({ name: "proxy", namespace: "edge", spec: { selector: { app: "proxy" }, ports: [{ port: 80, targetPort: 8080 }] } });

test.each([
  ["routes of 2,000 namespaces for any host, and a server for each of 2,000", gateway((i) => `app-${i}.example.com`), MANY.map((i) => route(i, "*"))],
  ["routes for 2,000 hosts, and 2,000 servers for any", gateway(() => "*"), MANY.map((i) => route(i, `app-${i}.example.com`))],
  ["routes for all under 2,000 names, and as many servers", gateway((i) => `*.team-${i}.example.com`), MANY.map((i) => route(i, `*.team-${i}.example.com`))],
])("%s are followed without a pause", (_, served, routes) => {
  const { slices, view } = contextOf(proxy, front, served, ...routes);
  const cpuMs = countCpuMs();
  const { backends } = view(routerBackendsView);
  const gateways = slices.customRoutes.filter(({ ref }) => ref.kind === "Gateway");
  for (const item of gateways) for (const toAnswer of [view(routeTlsView), view(wideRoutesView)]) toAnswer(item);
  expect(backends).toHaveLength(MANY.length);
  // A tenth of a second of the processor; the bound leaves room for a slower one.
  expect(cpuMs()).toBeLessThan(1_000);
});
