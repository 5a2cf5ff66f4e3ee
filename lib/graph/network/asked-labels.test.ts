import { expect, test } from "vitest";
import { matchesSelector } from "../../inventory/labels/label-selector";
import type { JsonRecord } from "../../model/json";
import { fc } from "../../model/testing-properties";
import { askedOfSelector, ByAskedLabel, listAsked } from "./asked-labels";
import { calicoAppliesTo, listCalicoOf } from "./calico";
import { appliesTo, listAppliedTo } from "./cilium";
import { endpointsView } from "./endpoints";
import { policyIndexView } from "./policy-index";
import { contextOf, worlds } from "./testing-worlds";

const value = fc.constantFrom("a", "b", "");
/** The empty value may be written as null. */
const asked = fc.constantFrom("a", "b", "", null);
const key = fc.constantFrom("app", "tier", "part");
const labels = fc.dictionary(key, value);
const expression = fc.record({
  key,
  operator: fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"),
  values: fc.array(asked, { maxLength: 3 }),
});
const selector: fc.Arbitrary<JsonRecord> = fc.record({ matchLabels: fc.dictionary(key, asked), matchExpressions: fc.array(expression, { maxLength: 2 }) });

test("what selects an end is found by its labels, in order", () => {
  fc.assert(
    fc.property(fc.array(selector, { maxLength: 12 }), fc.array(labels, { maxLength: 6 }), (selectors, ends) => {
      const by = new ByAskedLabel(selectors, (one) => askedOfSelector(one));
      for (const end of ends) {
        const isChosen = (one: JsonRecord): boolean => matchesSelector(one, end);
        expect(by.list(listAsked(end)).filter(isChosen)).toEqual(selectors.filter(isChosen));
      }
    }),
    { numRuns: 1000 },
  );
});

test("what asks for a label that hardly any other asks for is not looked at for other ends", () => {
  const of = (app: string, place: number) => ({
    place,
    selector: { matchLabels: { part: "shop" }, matchExpressions: [{ key: "app", operator: "In", values: [app] }] },
  });
  const items = Array.from({ length: 100 }, (_, i) => of(`app-${i}`, i));
  const by = new ByAskedLabel(items, (one) => askedOfSelector(one.selector));
  expect(by.list(listAsked({ part: "shop", app: "app-7" })).map(({ place }) => place)).toEqual([7]);
});

test("policies of Cilium and Calico that apply to a pod are all found by its labels", () => {
  fc.assert(
    fc.property(worlds("together"), (objects) => {
      const context = contextOf(objects);
      const { cilium, calico } = context.view(policyIndexView).foreign;
      for (const pod of [...context.view(endpointsView).values()].flat()) {
        expect(listAppliedTo(cilium, pod)).toEqual(cilium.filter((rule) => appliesTo(rule, pod) !== false));
        expect(listCalicoOf(calico, pod)).toEqual(calico.filter((policy) => calicoAppliesTo(policy, pod) !== false));
      }
    }),
    { numRuns: 100 },
  );
});

const calicoPolicy = (selector: string): JsonRecord => ({
  apiVersion: "projectcalico.org/v3",
  kind: "GlobalNetworkPolicy",
  metadata: { name: "one" },
  spec: { selector, types: ["Ingress"] },
});

test.each([
  ["app == 'web' && tier == \"edge\"", true],
  ["app == 'db'", false],
  ["app == 'db' || tier == 'edge'", true],
  ["app == 'db' && tier == 'inner' || tier == 'edge'", true],
  ["!(app == 'db')", true],
  ["projectcalico.org/namespace == 'shop'", true],
  ["pcns.kubernetes.io/metadata.name == 'shop'", true],
  // What does not parse may apply.
  ["app == 'db' &&", true],
])("a policy of Calico for %s is found for a pod that it may select", (written, isFound) => {
  const context = contextOf([...worldOfOne, calicoPolicy(written)]);
  const [pod] = context.view(endpointsView).get("shop/Pod/web") ?? [];
  if (!pod) throw new Error("The pod is no end of a connection.");
  expect(listCalicoOf(context.view(policyIndexView).foreign.calico, pod)).toHaveLength(isFound ? 1 : 0);
});

const worldOfOne: readonly JsonRecord[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", namespace: "shop", labels: { app: "web", tier: "edge" } },
    spec: { containers: [{ name: "web", image: "nginx" }] },
  },
];
