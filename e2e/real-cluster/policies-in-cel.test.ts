import { afterAll, beforeAll, expect, test } from "vitest";
import { podGuardsView } from "@/lib/controls/admission/pod-guards";
import { buildInventory } from "@/lib/inventory/build-inventory";
import { createContext } from "@/lib/inventory/context";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { toPolicyNamespace } from "@/lib/inventory/admission/policy-namespace";
import { type JsonRecord, record } from "@/lib/model/json";
import { DANGERS, HARMLESS_POD, toBarest, toChange, toStranger } from "@/lib/pod-security/exemplary-pods";
import { KUBERNETES_MINOR } from "../control-plane/versions";
import { manifest, type Manifest } from "../world/manifest";
import { applyManifests } from "./apply-manifests";
import { describeOnCluster } from "./describe-on-cluster";
import { findRefusingPolicy } from "./find-refusing-policy";
import { objectPathOf } from "./object-path";
import { IMAGE, PODS, POLICIES_IN_CEL, POLICIES_ON_IMAGES, type PolicyInCel } from "./policies-in-cel";
import { waitForRight } from "./wait-for-right";
import { waitUntil } from "./wait-until";

const GROUP = "admissionregistration.k8s.io/v1";

interface Case {
  readonly name: string;
  /** All policies are in the cluster together: each is bound in namespaces of its own. */
  readonly places: readonly [plain: string, prod: string];
  readonly namespaces: readonly Manifest[];
  readonly others: readonly Manifest[];
}

function toCase([validations, spec = {}, binding = {}]: PolicyInCel, index: number, prefix = "cel"): Case {
  const name = `${prefix}-${index}`;
  const [plain, prod] = [`${name}-plain`, `${name}-prod`] as const;
  const body: JsonRecord = JSON.parse(
    JSON.stringify({ matchConstraints: PODS, validations: validations.map((expression) => ({ expression })), ...spec }).replaceAll("PLACE", plain),
  );
  const namespaceSelector = { matchLabels: { "of-case": name } };
  const bound = { policyName: name, validationActions: ["Deny"], matchResources: { namespaceSelector }, ...binding };
  return {
    name,
    places: [plain, prod],
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

/** Whoever else than the administrator makes pods: what runs in a namespace, and a controller. */
const CONTROLLER = ["kube-system", "replicaset-controller"] as const;
const accountsIn = (namespace: string): readonly (readonly [namespace: string, name: string])[] => [[namespace, "default"], CONTROLLER];

/** They may make pods, and change them. */
const RIGHTS: readonly Manifest[] = [
  manifest("rbac.authorization.k8s.io/v1", "ClusterRole", null, "cel-makes-pods", {
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "create", "patch", "update"] }],
  }),
  manifest("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", null, "cel-makes-pods", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cel-makes-pods" },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "system:serviceaccounts" }],
  }),
];

describeOnCluster("policies in CEL", {}, (controlPlane) => {
  const cases = POLICIES_IN_CEL.map((policy, index) => toCase(policy, index));
  const onImages = POLICIES_ON_IMAGES.map((policy, index) => toCase(policy, index, "cel-images"));
  const last = toCase([["false"]], 0, "cel-last");
  const asksWho = ({ others }: Case): boolean => JSON.stringify(others).includes("userInfo");
  const accounts = new Map(
    cases
      .filter(asksWho)
      .flatMap(({ places }) => places.flatMap(accountsIn))
      .map((account) => [account.join("/"), account]),
  );
  const own = [...cases, ...onImages, last];
  const objects = [
    ...RIGHTS,
    ...own.flatMap(({ namespaces }) => namespaces),
    ...[...accounts.values()].map(([namespace, name]) => manifest("v1", "ServiceAccount", namespace, name)),
    ...own.flatMap(({ others }) => others),
  ];
  const tokens = new Map<string, string>();
  const toPod = (spec: JsonRecord, namespace: string, name: string) => manifest("v1", "Pod", namespace, name, { spec });
  const refuserOf = (spec: JsonRecord, namespace: string, token?: string) =>
    findRefusingPolicy(controlPlane, toPod(spec, namespace, "trial"), token === undefined ? {} : { token });

  const readCase = ({ name, namespaces, others }: Case) => {
    const kubeVersion = { major: 1, minor: KUBERNETES_MINOR, text: "" };
    const options = { isComplete: true, kubeVersion, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
    const context = createContext(buildInventory([...namespaces, ...others], options));
    const policy = context.slices.admissionPolicies.find(({ ref }) => ref.kind === "ValidatingAdmissionPolicy");
    if (!policy) throw new Error(`no policy ${name}`);
    return { refuses: context.view(podGuardsView), policy, places: context.slices.namespaces };
  };

  beforeAll(async () => {
    await applyManifests(controlPlane, objects);
    for (const [key, account] of accounts) tokens.set(key, await controlPlane.serviceAccountToken(...account));
    // Whoever may not make pods is refused before any policy is asked.
    const mayMakePods = { groups: ["system:serviceaccounts"], resourceAttributes: { verb: "patch", group: "", resource: "pods", namespace: "default" } };
    await waitForRight(controlPlane, mayMakePods);
    // The server takes in all that it knows at once: what was written before the last is in effect with it.
    await waitUntil("policies to be known", async () => (await refuserOf(HARMLESS_POD, `${last.name}-plain`)) === last.name);
  });
  afterAll(async () => {
    for (const object of objects.toReversed()) await controlPlane.request("DELETE", objectPathOf(object), { gracePeriodSeconds: 0 });
  });

  test("refuse each danger where they are said to, and let some of it in where they are said not to", async () => {
    const seen = { refused: 0, "let in": 0, untold: 0 };
    for (const item of cases) {
      const { refuses, policy, places } = readCase(item);
      for (const { ref, labels } of places) {
        const requesters = [undefined, ...(asksWho(item) ? accountsIn(ref.name).map((account) => tokens.get(account.join("/"))) : [])];
        const refusersOf = (spec: JsonRecord) => Promise.all(requesters.map((token) => refuserOf(spec, ref.name, token)));
        const isRefused = async (spec: JsonRecord) => (await refusersOf(spec)).every((refuser) => refuser === item.name);
        const refusesAll = async (specs: readonly JsonRecord[]) => {
          for (const spec of specs) if (!(await isRefused(spec))) return false;
          return true;
        };
        const isHarmlessLetIn = (await refusersOf(HARMLESS_POD)).every((refuser) => refuser === null);
        for (const danger of DANGERS) {
          const said = refuses(policy, [toPolicyNamespace(ref.name, labels)])(danger);
          const named = danger.podsNamedIn?.(JSON.stringify(policy.body.spec)) ?? [];
          const pods = [...named, ...danger.pods, ...danger.pods.map((spec) => toBarest(spec, danger))];
          const what = `${danger.check} in ${ref.name}: ${JSON.stringify(policy.body.spec)}`;
          seen[typeof said === "string" ? "untold" : said ? "refused" : "let in"] += 1;
          if (said === true) expect.soft((await Promise.all(pods.map(isRefused))).every(Boolean), what).toBe(true);
          // What refuses the harmless pod too does so for another reason. One that is let in answers for all: most policies let most dangers in.
          if (said === false && isHarmlessLetIn) expect.soft(await refusesAll(pods), what).toBe(false);
        }
      }
    }
    expect(seen.refused).toBeGreaterThan(cases.length * 2);
    expect(seen["let in"]).toBeGreaterThan(cases.length * 2);
    expect(seen.untold).toBeGreaterThan(0);
    expect(seen.untold).toBeLessThan(cases.length * 2);
  });

  test("refuse images of other registries in new pods, and in pods that are changed, where they are said to", async () => {
    const made = toStranger(IMAGE, "stranger.example.net/team/app:1.2.3");
    const changed = toChange(made);
    const answers: string[] = [];
    for (const item of onImages) {
      const { refuses, policy, places } = readCase(item);
      const [{ ref, labels }] = places as [(typeof places)[number]]; // safe: each case has two
      await applyManifests(controlPlane, [toPod(record(made.harmless), ref.name, "there")]);
      const said = [made, changed].map((danger) => refuses(policy, [toPolicyNamespace(ref.name, labels)])(danger));
      const ofNew = await Promise.all(made.pods.map((spec) => refuserOf(spec, ref.name)));
      const ofChanged = await Promise.all(
        changed.pods.map(({ initContainers, containers }) =>
          findRefusingPolicy(controlPlane, toPod({ initContainers, containers }, ref.name, "there"), { isChange: true }),
        ),
      );
      const found = [ofNew, ofChanged].map((refusers) => refusers.every((refuser) => refuser === item.name));
      expect.soft(found, JSON.stringify(policy.body.spec)).toEqual(said);
      answers.push(said.join(" "));
    }
    expect(new Set(answers)).toEqual(new Set(["true true", "true false", "false true", "false false"]));
  });
});
