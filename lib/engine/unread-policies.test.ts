import { fc } from "../model/testing-properties";
import { expect, test } from "vitest";
import { listControls } from "../controls/registry";
import { inventoryOf, worldsWithheld } from "../graph/network/testing-worlds";
import { daemonSet, node } from "../inventory/testing";
import { resourceKey } from "../model/resource-ref";
import type { Verdict } from "../model/verdict";
import { judge } from "./judge";

const NETWORK = /^netpol-|^cloud-imds-egress-blocked$/;
const controls = listControls().filter(({ id }) => NETWORK.test(id));

/** A cluster on AWS with a plugin that enforces, without which nothing passes. */
const AROUND = [
  { ...node({ name: "one" }), spec: { providerID: "aws:///eu-central-1a/i-0123456789abcdef0" } },
  daemonSet({ name: "calico-node", namespace: "kube-system", container: { name: "calico-node", image: "docker.io/calico/node:v3.30.0" } }),
];

function verdictsOf(objects: Parameters<typeof inventoryOf>[0], withheld: readonly string[]): Map<string, Verdict> {
  const verdicts = judge(inventoryOf([...objects, ...AROUND], withheld), controls);
  return new Map([...verdicts].map((verdict) => [`${verdict.control} on ${resourceKey(verdict.resource)} ${verdict.locator}`, verdict]));
}

test("a kind of policies that is withheld turns verdicts into unknown ones, and into no others", () => {
  const kept = { pass: 0, fail: 0 };
  fc.assert(
    fc.property(worldsWithheld, ([objects, withheld]) => {
      const whole = verdictsOf(objects, []);
      const part = verdictsOf(objects, withheld);
      expect([...part.keys()].toSorted()).toEqual([...whole.keys()].toSorted());
      for (const [key, { state, reason }] of part) {
        if (state === "pass" || state === "fail") kept[state] += 1;
        if (state !== "unknown") expect(`${key}: ${state}`).toBe(`${key}: ${whole.get(key)?.state}`);
        else if (whole.get(key)?.state !== "unknown")
          expect(reason).toMatch(/ could not be read, and one of them may decide this\. Listing \w+ was refused\.$/);
      }
    }),
    { numRuns: 150 },
  );
  expect(Math.min(kept.pass, kept.fail)).toBeGreaterThan(500);
});
