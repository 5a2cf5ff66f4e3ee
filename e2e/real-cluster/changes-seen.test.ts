import { afterAll, beforeAll, expect, test } from "vitest";
import { boundPoliciesView } from "@/lib/controls/admission/bound-policies";
import { expressionsOf, holdsForAll } from "@/lib/inventory/admission/match-condition";
import { toPolicyNamespace } from "@/lib/inventory/admission/policy-namespace";
import { buildInventory } from "@/lib/inventory/build-inventory";
import { createContext } from "@/lib/inventory/context";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { matchesSelector } from "@/lib/inventory/labels/label-selector";
import { type JsonRecord, record, records, text } from "@/lib/model/json";
import { fc } from "@/lib/model/testing-properties";
import type { Manifest } from "../world/manifest";
import { applyManifests, deleteObjects } from "./apply-manifests";
import { describeOnCluster } from "./describe-on-cluster";
import { findRefusingPolicy } from "./find-refusing-policy";
import { objectPathOf } from "./object-path";
import { NAMESPACES, PLACES, type Place } from "./random-admission";
import { type RandomPolicy, randomPolicy, toSentinel } from "./random-policy";
import { podIn } from "./random-webhook";
import { waitUntil } from "./wait-until";

const POLICIES = Number(process.env.CONCENTRIC_PROPERTY_RUNS ?? 40);
/** Rules may name the second. */
const PODS = ["there", "one"] as const;
const CHANGES = ["changes", "added"] as const;

/** Rules that see changes mostly, and leave out some. */
function onChanges(constraints: unknown): JsonRecord {
  const { resourceRules, excludeResourceRules, ...others } = record(constraints);
  const meant = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods", "pods/ephemeralcontainers"] };
  const [first = {}, ...rest] = records(resourceRules);
  const leftOut = records(excludeResourceRules).map((rule) => ({ resourceNames: ["one"], ...rule, apiGroups: ["*"], operations: ["UPDATE"] }));
  return { ...others, resourceRules: [{ ...first, ...meant }, ...rest], ...(leftOut.length > 0 && { excludeResourceRules: leftOut }) };
}

/** It refuses what carries its name: an annotation of a pod, or a container that is added. */
function ofMarked({ name, policy, bindings }: RandomPolicy): RandomPolicy {
  const isMarked = `object.metadata.?annotations['asked'].orValue('') == '${name}' || object.spec.?ephemeralContainers.orValue([]).exists(c, c.name == '${name}')`;
  const { paramKind: _, auditAnnotations: _none, ...spec } = record(policy.spec);
  return {
    name,
    policy: {
      ...policy,
      spec: { ...spec, failurePolicy: "Fail", matchConstraints: onChanges(spec.matchConstraints), validations: [{ expression: `!(${isMarked})` }] },
    },
    bindings: bindings.map((item) => {
      const { paramRef: _ref, ...bound } = record(item.spec);
      return { ...item, spec: bound };
    }),
  };
}

describeOnCluster("changes of pods", {}, (controlPlane) => {
  const pods = PLACES.flatMap(({ name }) => PODS.map((pod) => podIn(name, pod)));
  beforeAll(() => applyManifests(controlPlane, [...NAMESPACES, ...pods]));
  afterAll(() => deleteObjects(controlPlane, [...pods, ...NAMESPACES.slice(0, -1)]));

  async function isRefused(what: (typeof CHANGES)[number], name: string, place: Place, pod: string): Promise<boolean> {
    const path = objectPathOf(podIn(place.name, pod));
    const answer =
      what === "changes"
        ? await controlPlane.request("PATCH", `${path}?dryRun=All`, { metadata: { annotations: { asked: name } } })
        : await controlPlane.request("PATCH", `${path}/ephemeralcontainers?dryRun=All`, {
            spec: { ephemeralContainers: [{ name, image: "registry.example.com/debug:1" }] },
          });
    if (answer.status < 300) return false;
    const message = text(record(answer.body).message) ?? "";
    if (!message.includes(`ValidatingAdmissionPolicy '${name}'`)) throw new Error(message);
    return true;
  }

  function askUs(objects: readonly Manifest[], what: (typeof CHANGES)[number], { name, labels }: Place): boolean | null {
    const options = { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
    const context = createContext(buildInventory([...NAMESPACES, ...objects], options));
    const place = toPolicyNamespace(name, labels);
    const bounds = [...context.view(boundPoliciesView).values()].flat();
    const seeing = bounds
      .filter(({ isDenying, scopes }) => isDenying && scopes.every(({ namespaceSelector }) => matchesSelector(namespaceSelector, place.labels)))
      .filter((bound) => (what === "changes" ? bound.seesChangesIn(place) !== false : bound.seesAddedIn(place)));
    if (seeing.length === 0) return bounds.length === 0 ? null : false;
    const isSure = seeing.some(
      ({ doubt, judge }) => doubt === null && expressionsOf(record(judge.body.spec).matchConditions).every((item) => holdsForAll(item, "UPDATE")),
    );
    return isSure ? true : null;
  }

  test("are seen by policies as they are said to be", async () => {
    const policies = Array.from({ length: POLICIES }, (_, i) =>
      fc.sample(randomPolicy(`policy-${i}`), { numRuns: 1, seed: i + 5000 * Number(process.env.CONCENTRIC_PROPERTY_SEED ?? 1) }),
    )
      .flat()
      .map(ofMarked);
    const sentinel = toSentinel("sentinel");
    const objectsOf = ({ policy, bindings }: RandomPolicy) => [policy, ...bindings];
    const objects = [...policies, sentinel].flatMap(objectsOf);
    await applyManifests(controlPlane, objects);
    await waitUntil("policies to be known", async () => (await findRefusingPolicy(controlPlane, podIn("asked-plain", "sentinel"))) === "sentinel");
    const seen = { yes: 0, no: 0, untold: 0 };
    for (const random of policies) {
      for (const place of PLACES) {
        for (const what of CHANGES) {
          const said = askUs(objectsOf(random), what, place);
          seen[said === null ? "untold" : said ? "yes" : "no"] += 1;
          if (said === null) continue;
          const refused = await Promise.all(PODS.map((pod) => isRefused(what, random.name, place, pod)));
          expect.soft(refused.every(Boolean), `${what} in ${place.name}: ${JSON.stringify(objectsOf(random))} ${refused}`).toBe(said);
        }
      }
    }
    for (const object of objects) await controlPlane.request("DELETE", objectPathOf(object));
    await waitUntil("policies to be forgotten", async () => (await findRefusingPolicy(controlPlane, podIn("asked-plain", "sentinel"))) === null);
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(POLICIES);
  });
});
