import { expect, test } from "vitest";
import { createTestContext } from "../../inventory/testing-context";
import { deployment, namespace } from "../../inventory/testing";
import { listCalicoSteps } from "./calico";
import { lineUpCalico } from "./calico-lines";
import { endpointsView, OUTSIDE } from "./endpoints";
import { policyIndexView } from "./policy-index";

/** One policy for each list of rules; a rule is what it says of its destination. */
function lineOf(rules: readonly (readonly object[])[]) {
  const policies = rules.map((own, i) => ({
    apiVersion: "projectcalico.org/v3",
    kind: "GlobalNetworkPolicy",
    metadata: { name: `policy-${i}` },
    spec: { order: i, types: ["Ingress"], ingress: own.map((destination) => ({ action: "Allow", protocol: "TCP", destination })) },
  }));
  const context = createTestContext([namespace(), deployment({ container: { ports: [{ name: "http", containerPort: 80 }] } }), ...policies]);
  const [self = OUTSIDE] = [...context.view(endpointsView).values()].flat();
  const all = context.view(policyIndexView).foreign.calico;
  const { line } = lineUpCalico(all, { self, other: OUTSIDE, direction: "ingress" }).among.before;
  const namesOf = (some: typeof all) => some.map(({ object }) => object.ref.name);
  return {
    asked: (port: number) => namesOf(line.list([String(port)]).map(({ policy }) => policy)),
    deciding: (port: number) => {
      const asked = { self, other: OUTSIDE, direction: "ingress", target: { port, protocol: "TCP" } } as const;
      return namesOf(all.filter((policy) => listCalicoSteps(policy, asked, null).length > 0));
    },
  };
}

test("of policies that are about some ports alone, those are asked of a port that name it, in their order", () => {
  const { asked, deciding } = lineOf([
    [{ ports: [80] }],
    [{ ports: [443, "8080"] }],
    [{ ports: ["080"] }],
    [{ ports: [443] }, { ports: [80] }],
    [{ ports: [80, 443], notPorts: [80] }],
    [],
    [{ ports: [443] }, {}],
    [{ ports: ["79:81"] }],
    [{ ports: ["http"] }],
    [{ notPorts: [443] }],
  ]);
  expect(asked(80)).toEqual([0, 2, 3, 4, 6, 7, 8, 9].map((i) => `policy-${i}`));
  expect(asked(8080)).toEqual([1, 6, 7, 8, 9].map((i) => `policy-${i}`));
  for (const port of [1, 79, 80, 81, 443, 8080]) expect(asked(port)).toEqual(expect.arrayContaining(deciding(port)));
  expect(deciding(80)).toEqual([0, 2, 3, 6, 7, 8, 9].map((i) => `policy-${i}`));
});
