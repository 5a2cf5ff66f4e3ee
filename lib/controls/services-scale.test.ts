import { expect, test } from "vitest";
import { judge } from "../engine/judge";
import { buildInventory } from "../inventory/build-inventory";
import { serviceTargetsView } from "../inventory/routes/service-targets";
import { createContext } from "../inventory/context";
import { deployment, service } from "../inventory/testing";
import { WHOLE_CLUSTER } from "../inventory/testing-context";
import { countCpuMs } from "../model/testing-cpu-ms";
import control from "./cloud/cloud-lb-admin-port-public";

test("2,000 load balancers that lead to the same 500 workloads are judged by their pods once", () => {
  const spec = { type: "LoadBalancer", selector: { tier: "web" }, ports: [{ port: 80, targetPort: "http" }] };
  const services = Array.from({ length: 2000 }, (_, i) => ({ ...service({ name: `web-${i}` }), spec }));
  const workloads = Array.from({ length: 500 }, (_, i) => deployment({ name: `app-${i}`, podLabels: { tier: "web" } }));
  const inventory = buildInventory([...services, ...workloads], WHOLE_CLUSTER);
  const context = createContext(inventory);
  const [first, second] = context.slices.services.map(context.view(serviceTargetsView).podsOf);
  expect(first).toHaveLength(500);
  expect(second).toBe(first);
  const cpuMs = countCpuMs();
  expect([...judge(inventory, [control])]).toHaveLength(2000);
  // A tenth of a second of the processor; each by itself, several seconds.
  expect(cpuMs()).toBeLessThan(1_500);
});
