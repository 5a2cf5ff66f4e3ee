import { expect, test } from "vitest";
import { judge } from "../engine/judge";
import { buildInventory } from "../inventory/build-inventory";
import { WHOLE_CLUSTER } from "../inventory/testing-context";
import { configMap, ingress, ingressClass } from "../inventory/testing";
import { countCpuMs } from "../model/testing-cpu-ms";
import control from "./code/ingress-http-redirect";

const GROUPED = { "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]', "alb.ingress.kubernetes.io/group.name": "web" };

test("6,000 Ingresses are judged beside 20,000 ConfigMaps and in one group without a pause", () => {
  const maps = Array.from({ length: 20_000 }, (_, i) => configMap({ name: `settings-of-${i}` }));
  for (const objects of [
    [ingressClass("k8s.io/ingress-nginx"), ...maps, ...Array.from({ length: 6000 }, (_, i) => ingress({ name: `web-${i}` }))],
    [ingressClass("ingress.k8s.aws/alb"), ...Array.from({ length: 6000 }, (_, i) => ingress({ name: `web-${i}`, annotations: GROUPED }))],
  ]) {
    const inventory = buildInventory(objects, WHOLE_CLUSTER);
    const cpuMs = countCpuMs();
    const verdicts = [...judge(inventory, [control])];
    expect(verdicts).toHaveLength(6000);
    // A tenth of a second of the processor; the bound leaves room for a slower one.
    expect(cpuMs()).toBeLessThan(1_000);
  }
});
