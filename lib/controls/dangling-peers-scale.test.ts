import { expect, test } from "vitest";
import { judge } from "../engine/judge";
import { buildInventory } from "../inventory/build-inventory";
import { WHOLE_CLUSTER } from "../inventory/testing-context";
import { deployment, namespace, networkPolicy } from "../inventory/testing";
import { countCpuMs } from "../model/testing-cpu-ms";
import control from "./cluster/netpol-dangling";

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

test("a peer that takes none of the 400 workloads of a namespace asks each of them once", () => {
  const peer = { namespaceSelector: {}, podSelector: { matchExpressions: [{ key: "part", operator: "Exists" }] } };
  const policies = range(20).map((index) => ({ ...networkPolicy({ name: `from-${index}` }), spec: { podSelector: {}, ingress: [{ from: [peer] }] } }));
  const workloads = range(400).map((index) => deployment({ name: `web-${index}` }));
  const inventory = buildInventory([...workloads, ...policies, ...range(450).map((index) => namespace({ name: `team-${index}` }))], WHOLE_CLUSTER);
  const cpuMs = countCpuMs();
  const verdicts = [...judge(inventory, [control])];
  expect(verdicts.map(({ state }) => state)).toEqual(range(20).map(() => "fail"));
  // A twentieth of a second of the processor; asked again for each other, they take three.
  expect(cpuMs()).toBeLessThan(1_000);
});
