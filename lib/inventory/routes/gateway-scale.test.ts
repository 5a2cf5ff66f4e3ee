import { expect, test } from "vitest";
import { record, records } from "../../model/json";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { isRoute, routeAttachmentsView } from "./gateway-routes";
import { createTestContext } from "../testing-context";

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const GATEWAYS = 200;
const ROUTES = 4_000;
const object = (kind: string, name: string, spec: object) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind,
  metadata: { name, namespace: "edge" },
  spec,
});

test("routes are sorted by the Gateways that they name: none is looked at for each listener of all others", () => {
  const listeners = range(8).map((i) => ({ name: `l${i}`, port: 8_000 + i, protocol: "HTTP" }));
  const gateways = range(GATEWAYS).map((i) => object("Gateway", `gateway-${i}`, { listeners }));
  const routes = range(ROUTES).map((i) => object("HTTPRoute", `route-${i}`, { parentRefs: [{ name: `gateway-${i % GATEWAYS}` }, { name: "gateway-0" }] }));
  const { slices, view } = createTestContext([...gateways, ...routes]);
  const { routesOf, untoldRoutesOf, parentsOf } = view(routeAttachmentsView);
  const cpuMs = countCpuMs();
  const taken = slices.gateways
    .filter(({ ref }) => ref.kind === "Gateway")
    .map((gateway) => records(record(gateway.body.spec).listeners).map((listener) => [routesOf, untoldRoutesOf].map((list) => list(gateway, listener).length)));
  expect(taken[0]).toEqual(listeners.map(() => [ROUTES, 0]));
  expect(taken[1]).toEqual(listeners.map(() => [ROUTES / GATEWAYS, 0]));
  const last = slices.gateways.filter(isRoute).map((route) => parentsOf(route).map(({ parent }) => parent.ref.name));
  expect(last.find(([, other]) => other === "gateway-7")).toEqual(["gateway-0", "gateway-7"]);
  // A fifth of a second of the processor; the bound leaves room for a slower one.
  expect(cpuMs()).toBeLessThan(2_000);
});
