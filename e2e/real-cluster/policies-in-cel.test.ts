import { afterAll, beforeAll, expect, test } from "vitest";
import { podGuardsView } from "@/lib/controls/admission/pod-guards";
import { buildInventory } from "@/lib/inventory/build-inventory";
import { createContext } from "@/lib/inventory/context";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { toPolicyNamespace } from "@/lib/inventory/policy-namespace";
import type { JsonRecord } from "@/lib/model/json";
import { DANGERS, HARMLESS_POD } from "@/lib/pod-security/exemplary-pods";
import { KUBERNETES_MINOR } from "../control-plane/versions";
import { manifest, type Manifest } from "../world/manifest";
import { applyManifests } from "./apply-manifests";
import { describeOnCluster } from "./describe-on-cluster";
import { findRefusingPolicy } from "./find-refusing-policy";
import { objectPathOf } from "./object-path";
import { POLICIES_IN_CEL } from "./policies-in-cel";
import { waitUntil } from "./wait-until";

const GROUP = "admissionregistration.k8s.io/v1";
const PODS = { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }] };

interface Case {
  readonly name: string;
  /** All policies are in the cluster together: each is bound in namespaces of its own. */
  readonly namespaces: readonly Manifest[];
  readonly others: readonly Manifest[];
}

function toCase([validations, spec = {}, binding = {}]: (typeof POLICIES_IN_CEL)[number], index: number): Case {
  const name = `cel-${index}`;
  const [plain, prod] = [`${name}-plain`, `${name}-prod`];
  const body: JsonRecord = JSON.parse(
    JSON.stringify({ matchConstraints: PODS, validations: validations.map((expression) => ({ expression })), ...spec }).replaceAll("PLACE", plain),
  );
  const namespaceSelector = { matchLabels: { "of-case": name } };
  const bound = { policyName: name, validationActions: ["Deny"], matchResources: { namespaceSelector }, ...binding };
  return {
    name,
    namespaces: [
      manifest("v1", "Namespace", null, plain, {}, { labels: { "of-case": name } }),
      manifest("v1", "Namespace", null, prod, {}, { labels: { "of-case": name, env: "prod" } }),
    ],
    others: [
      manifest("v1", "ConfigMap", prod, "settings", { data: { on: "yes" } }),
      manifest(GROUP, "ValidatingAdmissionPolicy", null, name, { spec: body }),
      manifest(GROUP, "ValidatingAdmissionPolicyBinding", null, name, { spec: bound }),
    ],
  };
}

describeOnCluster("policies in CEL", {}, (controlPlane) => {
  const cases = POLICIES_IN_CEL.map(toCase);
  const last = toCase([["false"]], cases.length);
  const objects = [...cases, last].flatMap(({ namespaces, others }) => [...namespaces, ...others]);
  const refuserOf = (spec: JsonRecord, namespace: string) => findRefusingPolicy(controlPlane, manifest("v1", "Pod", namespace, "trial", { spec }));

  beforeAll(async () => {
    await applyManifests(controlPlane, objects);
    // The server takes in all that it knows at once: what was written before the last is in effect with it.
    await waitUntil("policies to be known", async () => (await refuserOf(HARMLESS_POD, `${last.name}-plain`)) === last.name);
  });
  afterAll(async () => {
    for (const object of objects.toReversed()) await controlPlane.request("DELETE", objectPathOf(object), { gracePeriodSeconds: 0 });
  });

  test("refuse each danger where they are said to, and let some of it in where they are said not to", async () => {
    const seen = { refused: 0, "let in": 0, untold: 0 };
    for (const { name, namespaces, others } of cases) {
      const kubeVersion = { major: 1, minor: KUBERNETES_MINOR, text: "" };
      const options = { isComplete: true, kubeVersion, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
      const context = createContext(buildInventory([...namespaces, ...others], options));
      const refuses = context.view(podGuardsView);
      const policy = context.slices.admissionPolicies.find(({ ref }) => ref.kind === "ValidatingAdmissionPolicy");
      if (!policy) throw new Error(`no policy ${name}`);
      for (const { ref, labels } of context.slices.namespaces) {
        const isHarmlessLetIn = (await refuserOf(HARMLESS_POD, ref.name)) === null;
        for (const danger of DANGERS) {
          const said = refuses(policy, danger, toPolicyNamespace(ref.name, labels));
          const refusers = await Promise.all(danger.pods.map((spec) => refuserOf(spec, ref.name)));
          const isRefused = refusers.every((refuser) => refuser === name);
          const what = `${danger.check} in ${ref.name}: ${JSON.stringify(policy.body.spec)}`;
          seen[typeof said === "string" ? "untold" : said ? "refused" : "let in"] += 1;
          if (said === true) expect.soft(isRefused, what).toBe(true);
          // What refuses the harmless pod too does so for another reason.
          if (said === false && isHarmlessLetIn) expect.soft(isRefused, what).toBe(false);
        }
      }
    }
    expect(seen.refused).toBeGreaterThan(cases.length * 2);
    expect(seen["let in"]).toBeGreaterThan(cases.length * 2);
    expect(seen.untold).toBeGreaterThan(0);
    expect(seen.untold).toBeLessThan(cases.length * 2);
  });
});
