import { expect, test } from "vitest";
import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { createExplainer } from "./explain-pair";
import { LIMITS, type Limits } from "./look-budget";
import { policyIndexView } from "./policy-index";
import { Reach, reachView } from "./reach";
import { contextOf } from "./testing-worlds";
import { weighReach } from "./weigh-reach";

const byApp = (app: string) => ({ podSelector: { matchLabels: { app } } });

/** A namespace whose pods each have a policy of their own. */
const spaceOf = (name: string, size: number): readonly JsonRecord[] => [
  namespace({ name }),
  ...Array.from({ length: size }, (_, i) => [
    deployment({ name: `app-${i}`, namespace: name }),
    {
      ...networkPolicy({ name: `app-${i}`, namespace: name }),
      spec: { ...byApp(`app-${i}`), policyTypes: ["Ingress"], ingress: [{ from: [byApp(`app-${(i + 1) % size}`)], ports: [{ port: 8000 + i }] }] },
    },
  ]).flat(),
];

const objects = [...spaceOf("shop", 12), ...spaceOf("bank", 3), ...spaceOf("cafe", 3)];

/** A reach that nobody asked yet. */
function reachWithin(limits: Limits, given: readonly JsonRecord[] = objects): Reach {
  const context = contextOf(given);
  const { classes, pool, outside } = context.view(reachView);
  return new Reach(context.view(policyIndexView), classes, pool, outside, undefined, limits);
}

const weighWithin = (limits: Limits, given?: readonly JsonRecord[]) => weighReach(reachWithin(limits, given), async () => undefined);

const stateOf = async (limits: Limits) => {
  const { reach, matrix } = await weighWithin(limits);
  const [one = null, other = null] = reach.classes.classes.filter(({ endpoint }) => endpoint.namespace === "shop");
  return {
    cells: ["shop", "bank", "cafe"].map((name) => matrix.cell(name, name)?.state),
    said: createExplainer(reach)(one, other).lines.flatMap(({ because }) => because.map(({ message }) => message)),
    reach,
  };
};

test("where all namespaces together take too many looks, the one that takes the most is given up, in words, and others are told as ever", async () => {
  const all = (await weighWithin(LIMITS)).reach.looks;
  const crowded = await stateOf({ ofOne: all, inAll: Math.floor(0.8 * all), withLost: 10 * all });
  expect(crowded.cells).toEqual(["unknown", "restricted", "restricted"]);
  expect(crowded.said).toEqual(["Policies tell too many different pods of the cluster apart for all of them to be weighed: those of namespace shop are not."]);
  const alone = await stateOf({ ofOne: Math.floor(all / 2), inAll: 10 * all, withLost: 10 * all });
  expect(alone.cells).toEqual(["unknown", "restricted", "restricted"]);
  expect(alone.said).toEqual(["The policies of namespace shop have too many rules beside too many ports, and are not weighed."]);
});

test("a reach in which some were given up says the same as the one that was made anew, and the limits hold for both", async () => {
  const all = (await weighWithin(LIMITS)).reach.looks;
  const first = reachWithin({ ofOne: all, inAll: Math.floor(0.8 * all), withLost: 10 * all });
  const { reach } = await weighReach(first, async () => undefined);
  expect(reach).not.toBe(first);
  expect([...reach.unweighed.crowded]).toEqual([...first.unweighed.crowded]);
  for (const one of reach.classes.classes)
    for (const other of reach.classes.classes) expect(first.verdictsOf(one, "ingress", other)).toBe(reach.verdictsOf(one, "ingress", other));
});
