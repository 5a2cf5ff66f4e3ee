import { fc } from "@/lib/model/testing-properties";
import { afterAll, beforeAll, expect, test } from "vitest";
import pssBaseline from "@/lib/controls/container/pss-baseline";
import pssRestricted from "@/lib/controls/container/pss-restricted";
import { record, text } from "@/lib/model/json";
import type { ControlPlane } from "../control-plane/control-plane";
import { manifest, type Manifest } from "../world/manifest";
import { describeOnCluster } from "./describe-on-cluster";
import { judgeManifests } from "./judge-manifests";
import { objectPathOf } from "./object-path";
import { parseRefusal } from "./parse-refusal";
import { randomPod } from "./random-pod";
import { waitUntil } from "./wait-until";

const LEVELS = ["baseline", "restricted"] as const;
const ROLL_UPS = [pssBaseline, pssRestricted];
const NEWEST_MINOR = 37;
const RUNS = Number(process.env.CONCENTRIC_PROPERTY_RUNS ?? 1000);

const minors = Array.from({ length: NEWEST_MINOR + 1 }, (_, minor) => minor);
const namespaceOf = (level: string, minor: number) => `psa-${level}-${minor}`;
const namespaces: readonly Manifest[] = LEVELS.flatMap((level) =>
  minors.map((minor) => {
    const labels = { "pod-security.kubernetes.io/enforce": level, "pod-security.kubernetes.io/enforce-version": `v1.${minor}` };
    return manifest("v1", "Namespace", null, namespaceOf(level, minor), {}, { labels });
  }),
);

/** The violated checks as the API server names them; null when the pod is not valid at all. */
async function askServer(controlPlane: ControlPlane, pod: Manifest, level: string, minor: number): Promise<readonly string[] | null> {
  const answer = await controlPlane.request("POST", `/api/v1/namespaces/${namespaceOf(level, minor)}/pods?dryRun=All`, pod);
  const message = text(record(answer.body).message) ?? "";
  if (answer.status === 201) return [];
  if (answer.status === 403 && message.includes("violates PodSecurity")) return parseRefusal(message, level, minor);
  if (answer.status === 422 || answer.status === 400) return null;
  throw new Error(`${answer.status}: ${message}`);
}

function askUs(pod: Manifest, level: string, minor: number): readonly string[] {
  const verdict = judgeManifests([pod], ROLL_UPS, { minor }).find(({ control }) => control === `pss-${level}`);
  if (verdict === undefined) throw new Error(`no verdict of pss-${level}`);
  const checks = [...new Set(verdict.evidence.map(({ check }) => check ?? "unnamed"))].sort();
  if (verdict.state === "pass" || verdict.state === "fail") return verdict.state === "pass" ? [] : checks;
  return [`${verdict.state}: ${verdict.reason ?? ""}`];
}

describeOnCluster("Pod Security admission", {}, (controlPlane) => {
  beforeAll(async () => {
    await Promise.all(namespaces.map((namespace) => controlPlane.request("POST", "/api/v1/namespaces", namespace)));
    if (!controlPlane.hasControllers) return;
    await waitUntil("the default accounts", async () => {
      const answers = await Promise.all(namespaces.map((namespace) => controlPlane.request("GET", `${objectPathOf(namespace)}/serviceaccounts/default`)));
      return answers.every(({ status }) => status === 200);
    });
  });
  afterAll(() => Promise.all(namespaces.map((namespace) => controlPlane.request("DELETE", objectPathOf(namespace)))));

  test("admits exactly the pods that our roll-ups pass, and refuses the others for the checks in our evidence, at every version", async () => {
    const seen = { admitted: 0, refused: 0, invalid: 0 };
    await fc.assert(
      fc.asyncProperty(randomPod, fc.constantFrom(...LEVELS), fc.constantFrom(...minors), async (pod, level, minor) => {
        const violated = await askServer(controlPlane, pod, level, minor);
        if (violated === null) {
          seen.invalid += 1;
          return;
        }
        seen[violated.length === 0 ? "admitted" : "refused"] += 1;
        expect(askUs(pod, level, minor), `${level} 1.${minor}`).toEqual(violated);
      }),
      { numRuns: RUNS },
    );
    // A generator that makes only one kind of pod would prove nothing.
    expect(seen.admitted).toBeGreaterThan(RUNS / 10);
    expect(seen.refused).toBeGreaterThan(RUNS / 10);
  });
});
