import { afterAll, beforeAll, expect, test } from "vitest";
import type { AdmissionPolicy } from "@/lib/inventory/admission/admission-policy";
import { buildInventory } from "@/lib/inventory/build-inventory";
import { createContext } from "@/lib/inventory/context";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { toKubeObject } from "@/lib/inventory/kube-object";
import { admissionPoliciesView } from "@/lib/inventory/admission/policy-enforcement";
import { toPolicyNamespace } from "@/lib/inventory/admission/policy-namespace";
import { listWebhooks } from "@/lib/inventory/admission/security-webhook";
import { record, text } from "@/lib/model/json";
import { fc } from "@/lib/model/testing-properties";
import { KUBERNETES_MINOR } from "../control-plane/versions";
import { manifest, type Manifest } from "../world/manifest";
import { applyManifests, deleteObjects } from "./apply-manifests";
import { describeOnCluster } from "./describe-on-cluster";
import { findRefusingPolicy } from "./find-refusing-policy";
import { listPathOf, objectPathOf } from "./object-path";
import { type Labels, NAMESPACES, type Place, PLACES, POD_LABELS } from "./random-admission";
import { mayRefuseAll, PARAMETERS, type RandomPolicy, randomPolicy, toSentinel } from "./random-policy";
import { podIn, type Question, questionsIn, randomHook, toConfiguration } from "./random-webhook";
import { waitUntil } from "./wait-until";

const POLICIES = Number(process.env.CONCENTRIC_PROPERTY_RUNS ?? 120);
const WEBHOOKS = POLICIES / 2;

type Answer = "let in" | "refused" | "either";

/** It violates whatever a policy of its name may ask. */
function violator(name: string, namespace: string, labels?: Labels): Manifest {
  const containers = [{ name: "app", image: "registry.example.com/app:1", securityContext: { privileged: true } }];
  const spec = { hostNetwork: true, automountServiceAccountToken: false, containers };
  return manifest("v1", "Pod", namespace, name, { spec }, labels === undefined ? {} : { labels });
}

/** What the product says becomes of pods that violate a policy; `either` = it is not told, or does not hold for all of them. */
function askUs(objects: readonly Manifest[], name: string, place: Place): Answer {
  const kubeVersion = { major: 1, minor: KUBERNETES_MINOR, text: "" };
  const options = { isComplete: true, kubeVersion, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  const context = createContext(buildInventory([...NAMESPACES, ...PARAMETERS, ...objects], options));
  const policy = context.view(admissionPoliciesView).find(({ object }) => object.ref.name === name);
  if (policy === undefined) throw new Error(`no policy ${name}`);
  return toAnswer(policy, place);
}

function toAnswer({ laxBecause, seesPods, seesNamespace, unsureBecause, unsureElsewhere }: AdmissionPolicy, { name, labels }: Place): Answer {
  if (laxBecause !== null || !seesPods) return "let in";
  if (seesNamespace?.(toPolicyNamespace(name, labels)) === false) return unsureElsewhere ? "either" : "let in";
  return unsureBecause === null ? "refused" : "either";
}

describeOnCluster("admission", {}, (controlPlane) => {
  const pods = PLACES.map(({ name }) => podIn(name, "there"));
  beforeAll(() => applyManifests(controlPlane, [...NAMESPACES, ...PARAMETERS, ...pods]));
  afterAll(() => deleteObjects(controlPlane, [...pods, ...PARAMETERS, ...NAMESPACES.slice(0, -1)]));

  const findRefuser = (pod: Manifest) => findRefusingPolicy(controlPlane, pod);
  const objectsOf = ({ policy, bindings }: RandomPolicy) => [policy, ...bindings];

  async function askServer(name: string, place: Place): Promise<Answer> {
    const refusers = await Promise.all(POD_LABELS.map((labels) => findRefuser(violator(name, place.name, labels))));
    if (refusers.some((refuser) => refuser !== null && refuser !== name)) throw new Error(`${name} is refused by ${refusers.join(", ")}`);
    return refusers.every((refuser) => refuser === null) ? "let in" : refusers.includes(null) ? "either" : "refused";
  }

  test("refuses by policies exactly the pods that they are said to refuse, where that can be told", async () => {
    const sampled = Array.from({ length: POLICIES }, (_, i) => fc.sample(randomPolicy(`policy-${i}`), { numRuns: 1, seed: i })).flat();
    const policies = sampled.filter((policy) => !mayRefuseAll(policy));
    const sentinel = toSentinel("sentinel");
    const objects = [...policies, sentinel].flatMap(objectsOf);
    await applyManifests(controlPlane, objects);
    // The server takes in all that it knows at once: what was written before the sentinel is in effect with it.
    await waitUntil("policies to be known", async () => (await findRefuser(violator(sentinel.name, "asked-plain"))) === sentinel.name);
    const seen = { "let in": 0, refused: 0, either: 0 };
    for (const random of policies) {
      const live = await Promise.all(objectsOf(random).map(async (object) => record((await controlPlane.request("GET", objectPathOf(object))).body)));
      for (const place of PLACES) {
        const answer = await askServer(random.name, place);
        for (const given of [objectsOf(random), live]) {
          const said = askUs(given, random.name, place);
          seen[said] += 1;
          if (said !== "either") expect.soft(said, `${place.name}: ${JSON.stringify(objectsOf(random))}`).toBe(answer);
        }
      }
    }
    for (const object of objects) await controlPlane.request("DELETE", objectPathOf(object));
    await waitUntil("policies to be forgotten", async () => (await findRefuser(violator(sentinel.name, "asked-plain"))) === null);
    expect(seen.refused).toBeGreaterThan(POLICIES);
    expect(seen["let in"]).toBeGreaterThan(POLICIES);
  });

  /** A webhook that nobody answers has everything refused that it would be asked about. */
  async function isAskedAbout({ method, path, body }: Pick<Question, "method" | "path" | "body">): Promise<boolean> {
    const answer = await controlPlane.request(method, `${path}?dryRun=All`, body);
    if (answer.status < 300) return false;
    const message = text(record(answer.body).message) ?? "";
    if (message.includes("failed calling webhook")) return true;
    throw new Error(`${method} ${path}: ${answer.status} ${message}`);
  }

  test("asks webhooks about exactly what they are said to be asked about, where that can be told", async () => {
    const seen = { asked: 0, passedBy: 0, untold: 0 };
    for (const [round, random] of fc.sample(randomHook, WEBHOOKS).entries()) {
      const configuration = toConfiguration(`guard-${round}`, random);
      const sentinel = manifest("v1", "ConfigMap", "asked-plain", `guard-${round}`);
      const isKnown = () => isAskedAbout({ method: "POST", path: listPathOf(sentinel), body: sentinel });
      await applyManifests(controlPlane, [configuration]);
      await waitUntil("webhooks to be known", isKnown);
      const [hook] = listWebhooks(toKubeObject(configuration, () => "workload"));
      if (hook === undefined) throw new Error("no webhook");
      for (const { name, labels } of PLACES) {
        for (const question of questionsIn(name)) {
          const isSeen = question.isSeen(hook, toPolicyNamespace(name, labels));
          seen[isSeen === null ? "untold" : isSeen ? "asked" : "passedBy"] += 1;
          if (isSeen !== null) expect.soft(isSeen, `${question.what} in ${name}: ${JSON.stringify(random)}`).toBe(await isAskedAbout(question));
        }
      }
      await controlPlane.request("DELETE", objectPathOf(configuration));
      await waitUntil("webhooks to be forgotten", async () => !(await isKnown()));
    }
    expect(seen.asked).toBeGreaterThan(WEBHOOKS);
    expect(seen.passedBy).toBeGreaterThan(WEBHOOKS);
  });
});
