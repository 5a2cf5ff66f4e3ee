import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/clusters/[cluster]/admission/route";
import type { AdmissionGroupDto, AdmissionPartDto, AdmissionResponse } from "@/lib/contracts/admission";
import { AUTHORITY } from "@/lib/inventory/admission/testing-ca-bundles";
import { configMap, deployment, namespace, webhookService } from "@/lib/inventory/testing";
import { podOf } from "@/lib/inventory/testing-roots";
import { componentPod, controlPlaneNode } from "@/lib/inventory/nodes/testing-control-plane";
import type { JsonRecord } from "@/lib/model/json";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const MATCH = { any: [{ resources: { kinds: ["Pod"] } }] };
const kyverno = (name: string, rule: JsonRecord) => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name },
  spec: { rules: [{ name: "r", match: MATCH, ...rule }] },
});
const constraint = (name: string, enforcementAction: string) => ({
  apiVersion: "constraints.gatekeeper.sh/v1beta1",
  kind: "K8sPSPPrivilegedContainer",
  metadata: { name },
  spec: { enforcementAction, match: { kinds: [{ apiGroups: [""], kinds: ["Pod"] }] } },
});
const template = {
  apiVersion: "templates.gatekeeper.sh/v1",
  kind: "ConstraintTemplate",
  metadata: { name: "k8spspprivilegedcontainer" },
  spec: { crd: { spec: { names: { kind: "K8sPSPPrivilegedContainer" } } } },
};
const ADMISSION = "admissionregistration.k8s.io/v1";
const native = (name: string) => ({
  apiVersion: ADMISSION,
  kind: "ValidatingAdmissionPolicy",
  metadata: { name },
  spec: {
    matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }] },
    validations: [{ expression: "object.metadata.name != 'root'" }],
  },
});
const binding = (policyName: string, action: string) => ({
  apiVersion: ADMISSION,
  kind: "ValidatingAdmissionPolicyBinding",
  metadata: { name: `${policyName}-binding` },
  spec: { policyName, validationActions: [action] },
});
const webhook = (name: string, failurePolicy: string, kind = "ValidatingWebhookConfiguration") => ({
  apiVersion: ADMISSION,
  kind,
  metadata: { name },
  webhooks: [
    {
      name: `${name}.example.com`,
      failurePolicy,
      rules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] }],
      clientConfig: { service: { namespace: "guard", name: `${name}-svc` }, caBundle: AUTHORITY },
    },
  ],
});
const imagePolicy = {
  apiVersion: "policy.sigstore.dev/v1beta1",
  kind: "ClusterImagePolicy",
  metadata: { name: "signed" },
  spec: { images: [{ glob: "**" }], authorities: [{ keyless: { url: "https://fulcio.example.com" } }], mode: "warn" },
};

const OBJECTS = [
  namespace(),
  deployment(),
  kyverno("strict", { validate: { failureAction: "Enforce" } }),
  kyverno("lax", { validate: { failureAction: "Audit" } }),
  kyverno("verify", { verifyImages: [{ imageReferences: ["*"], failureAction: "Enforce", key: "k8s://kyverno/cosign" }] }),
  template,
  constraint("hard", "deny"),
  constraint("soft", "dryrun"),
  native("bound"),
  binding("bound", "Deny"),
  native("loose"),
  imagePolicy,
  webhook("k-rail", "Ignore"),
  // What answers it: one that fails open does nothing without.
  webhookService("k-rail-svc"),
  deployment({ namespace: "guard" }),
  webhook("kyverno", "Fail"),
  webhook("gatekeeper", "Fail"),
  webhook("connaisseur", "Fail", "MutatingWebhookConfiguration"),
  controlPlaneNode(),
  componentPod("kube-apiserver", ["--enable-admission-plugins=NodeRestriction,ImagePolicyWebhook"]),
];

describe("what decides at admission", () => {
  let cluster: ScannedCluster;
  let seq = 0;
  async function read(query = ""): Promise<AdmissionResponse> {
    const { status, body } = await cluster.call(GET, query);
    expect(status).toBe(200);
    return body;
  }
  const groupOf = (answer: AdmissionResponse, key: AdmissionGroupDto["key"]) => answer.groups.find((group) => group.key === key);
  const brief = (parts: readonly AdmissionPartDto[] = []) => parts.map((part) => [part.system, part.object?.name ?? null, part.enforcement, part.lax]);
  beforeAll(async () => {
    cluster = await startScanned();
    seq = await cluster.scan(OBJECTS);
  });
  afterAll(() => cluster.stop());

  it("lists every engine, tells what refuses from what only reports, and says why", async () => {
    const answer = await read();
    expect(answer.notAssessed).toBeNull();
    expect(answer.groups.map(({ key, notAssessed }) => [key, notAssessed])).toEqual(
      ["pod-security", "policies", "images", "webhooks", "plugins"].map((key) => [key, null]),
    );
    expect(brief(groupOf(answer, "pod-security")?.parts)).toEqual([["Pod Security admission", null, "refuses", null]]);
    expect(brief(groupOf(answer, "policies")?.parts)).toEqual(
      expect.arrayContaining([
        ["Kyverno", "strict", "refuses", null],
        ["Kyverno", "lax", "reports", "it only audits"],
        ["Gatekeeper", "hard", "refuses", null],
        ["Gatekeeper", "soft", "reports", "it only reports (dryrun)"],
        ["ValidatingAdmissionPolicy", "bound", "refuses", null],
        ["ValidatingAdmissionPolicy", "loose", "reports", "no binding puts it into effect"],
      ]),
    );
    expect(brief(groupOf(answer, "images")?.parts)).toEqual(
      expect.arrayContaining([
        ["Kyverno", "verify", "refuses", "it sees what is made alone: the image of a running pod may be changed to any"],
        ["Sigstore policy-controller", "signed", "reports", "it only warns"],
        ["Connaisseur", "connaisseur", "refuses", "it sees what is made alone: the image of a running pod may be changed to any"],
        ["ImagePolicyWebhook", null, "refuses", null],
      ]),
    );
    expect(brief(groupOf(answer, "webhooks")?.parts)).toEqual([
      ["Gatekeeper", "gatekeeper", "refuses", null],
      ["K-Rail", "k-rail", "refuses", "it fails open: without an answer, everything passes"],
      ["Kyverno", "kyverno", "refuses", null],
    ]);
    expect(brief(groupOf(answer, "plugins")?.parts)).toEqual([["NodeRestriction", null, "refuses", null]]);
  });

  it("puts each finding on the part that it is on, with a link when it is alone", async () => {
    const answer = await read();
    const part = groupOf(answer, "webhooks")?.parts.find(({ system }) => system === "K-Rail");
    expect(part?.issues).toEqual(
      expect.arrayContaining([expect.objectContaining({ control: "webhook-fail-open", count: 1, finding: expect.stringMatching(/^F-/) })]),
    );
    const controls = groupOf(answer, "webhooks")?.issues.map(({ control }) => control);
    expect(controls).not.toContain("webhook-fail-open");
  });

  it("finds nothing wrong with a part only where each control of its group was asked, and could tell", async () => {
    const judged = async (denied: readonly string[] = []) => {
      await cluster.scan(OBJECTS, denied);
      const answer = await read();
      return (["policies", "webhooks", "plugins"] as const).map((key) => groupOf(answer, key)?.parts.every(({ isJudged }) => isJudged));
    };
    expect(await judged()).toEqual([true, true, true]);
    // What answers a webhook stands behind a Service.
    expect(await judged(["services"])).toEqual([true, false, true]);
    await cluster.save({ disabledControls: { "admission-policy-audit-only": "Looked at by hand." } });
    expect(await judged()).toEqual([false, true, true]);
    await cluster.save({ disabledControls: {} });
  });

  it("counts every finding of a group, however many, and keeps the worst severity of each control", async () => {
    const many = Array.from({ length: 700 }, (_, i) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name: `n-${i}` } }));
    const pods = Array.from({ length: 700 }, (_, i) => deployment({ name: "app", namespace: `n-${i}` }));
    await cluster.scan([...many, ...pods]);
    const missing = groupOf(await read(), "pod-security")?.parts[0]?.issues.find(({ control }) => control === "psa-enforce-missing");
    expect(missing).toMatchObject({ count: 700, finding: null, severity: "high" });
  });

  it("counts what is weak among all parts, also where it lists a hundred of them", async () => {
    const lax = Array.from({ length: 150 }, (_, i) => kyverno(`lax-${i}`, { validate: { failureAction: "Audit" } }));
    await cluster.scan([...lax, kyverno("strict", { validate: { failureAction: "Enforce" } }), webhook("kyverno", "Fail")]);
    const policies = groupOf(await read(), "policies");
    expect(policies).toMatchObject({ count: 151, tally: { seen: 151, weak: 150, refusing: { Kyverno: 1 } } });
    expect(policies?.parts).toHaveLength(100);
  });

  it("tells what PolicyExceptions leave of a policy, by the flags of the Kyverno that is asked", async () => {
    const exception = {
      apiVersion: "kyverno.io/v2",
      kind: "PolicyException",
      metadata: { name: "legacy", namespace: "shop" },
      spec: { exceptions: [{ policyName: "strict", ruleNames: ["r"] }], match: MATCH },
    };
    const laxOf = async (...objects: readonly JsonRecord[]) => {
      await cluster.scan([...OBJECTS, exception, ...objects]);
      return groupOf(await read(), "policies")?.parts.find(({ object }) => object?.name === "strict")?.lax;
    };
    const running = (value: string) =>
      deployment({
        name: "admission",
        namespace: "guard",
        container: { image: "ghcr.io/kyverno/kyverno:v1.17.1", args: [`--enablePolicyException=${value}`] },
      });
    expect(await laxOf(running("true"))).toBe("PolicyException shop/legacy takes all of them out of it");
    expect(await laxOf(running("false"))).toBeNull();
    expect(await laxOf()).toMatch(/where Kyverno heeds it, which its flags do not show$/);
  });

  it.each([
    ["of the namespace of each object", {}, "shop", null],
    ["of one namespace", { namespace: "rules" }, "rules", null],
    ["that is not there", { namespace: "rules" }, "shop", "the parameters that its bindings name do not exist, and without them nothing is refused"],
  ])("reads the parameter %s", async (_, place, namespaceOfIt, lax) => {
    const paramKind = { apiVersion: "v1", kind: "ConfigMap" };
    const paramRef = { name: "limits", parameterNotFoundAction: "Allow", ...place };
    const policy = { ...native("given"), spec: { ...native("given").spec, paramKind } };
    const bound = { ...binding("given", "Deny"), spec: { ...binding("given", "Deny").spec, paramRef } };
    await cluster.scan([...OBJECTS, policy, bound, configMap({ name: "limits", namespace: namespaceOfIt })]);
    const part = groupOf(await read(), "policies")?.parts.find(({ object }) => object?.name === "given");
    expect(part?.enforcement).toBe(lax === null ? "refuses" : "reports");
    if (lax !== null) expect(part?.lax).toBe(lax);
  });

  it.each([
    ["nothing runs that does", [], [], "off"],
    ["pods of a kind of their own do", [podOf("Rollout", "guard", "guard-1", { namespace: "guard" }, "argoproj.io/v1alpha1")], [], "refuses"],
    ["Services were never read", [deployment({ namespace: "guard" })], ["services"], "refuses"],
    ["what makes pods was never read", [deployment({ namespace: "guard" })], ["deployments.apps"], "refuses"],
  ] as const)("says that nothing answers a webhook only where all that could was read: %s", async (_, running, denied, enforcement) => {
    const own = await startScanned();
    try {
      await own.scan([namespace(), webhook("k-rail", "Ignore"), webhookService("k-rail-svc"), ...running], denied);
      const { body } = await own.call(GET, "");
      expect(groupOf(body, "webhooks")?.parts.map((part) => part.enforcement)).toEqual([enforcement]);
    } finally {
      await own.stop();
    }
  });

  it.each([
    ["validatingwebhookconfigurations.admissionregistration.k8s.io", "Kyverno", "whether a webhook of Kyverno asks it was not read"],
    ["configmaps", "ValidatingAdmissionPolicy", "its bindings let everything through where their parameters are missing, and these are not read"],
  ])("says of a policy neither that it refuses nor that it does not where %s were never read", async (denied, system, lax) => {
    const paramKind = { apiVersion: "v1", kind: "ConfigMap" };
    const policy = { ...native("given"), spec: { ...native("given").spec, paramKind } };
    const paramRef = { name: "limits", namespace: "rules", parameterNotFoundAction: "Allow" };
    const bound = { ...binding("given", "Deny"), spec: { ...binding("given", "Deny").spec, paramRef } };
    const settings = configMap({ name: "limits", namespace: "rules" });
    const own = await startScanned();
    try {
      await own.scan(
        [namespace(), kyverno("strict", { validate: { failureAction: "Enforce" } }), webhook("kyverno", "Fail"), policy, bound, settings],
        [denied],
      );
      const { body } = await own.call(GET, "");
      expect(brief(groupOf(body, "policies")?.parts).toSorted()).toEqual(
        [
          ["Kyverno", "strict"],
          ["ValidatingAdmissionPolicy", "given"],
        ].map((part) => [...part, ...(part[0] === system ? ["hidden", lax] : ["refuses", null])]),
      );
    } finally {
      await own.stop();
    }
  });

  it.each([
    ["services", "Kyverno's webhook fails open, and whether anything answers it was not read", "no webhook of Sigstore policy-controller asks it"],
    [
      "mutatingwebhookconfigurations.admissionregistration.k8s.io",
      "whether a webhook of Kyverno asks it was not read",
      "whether a webhook of Sigstore policy-controller asks it was not read",
    ],
  ])("says of what verifies images neither that it refuses nor that nobody asks it where %s were never read", async (denied, ofKyverno, ofSigstore) => {
    const asks = webhook("kyverno", "Ignore", "MutatingWebhookConfiguration");
    const [first] = asks.webhooks;
    const changes = { ...asks, webhooks: [{ ...first, rules: first?.rules.map((rule) => ({ ...rule, operations: ["CREATE", "UPDATE"] })) }] };
    const verify = kyverno("verify", { verifyImages: [{ imageReferences: ["*"], failureAction: "Enforce", key: "k8s://kyverno/cosign" }] });
    const denies = { ...imagePolicy, spec: { images: imagePolicy.spec.images, authorities: [{ key: { kms: "kms://signer" } }] } };
    const answers = [webhookService("kyverno-svc"), deployment({ namespace: "guard" })];
    const partsOf = async () => brief(groupOf(await own.call(GET, "").then(({ body }) => body), "images")?.parts).map((part) => part.slice(1));
    const own = await startScanned();
    try {
      await own.scan([namespace(), verify, denies, changes, ...answers]);
      expect(await partsOf()).toEqual([
        ["verify", "refuses", null],
        ["signed", "reports", "no webhook of Sigstore policy-controller asks it"],
      ]);
      await own.scan([namespace(), verify, denies, changes, ...answers], [denied]);
      expect(await partsOf()).toEqual([
        ["verify", "hidden", ofKyverno],
        ["signed", denied === "services" ? "reports" : "hidden", ofSigstore],
      ]);
    } finally {
      await own.stop();
    }
  });

  it("answers as of any moment", async () => {
    const later = await cluster.scan([namespace(), deployment()]);
    expect(groupOf(await read(), "policies")).toMatchObject({ count: 0, parts: [] });
    expect(groupOf(await read(`?at=${seq}`), "policies")?.count).toBe(6);
    expect((await cluster.call(GET, `?at=${later + 9}`)).status).toBe(404);
    expect((await cluster.call(GET, "?colour=red")).body.message).toMatch(/colour/);
  });

  it.each([
    ["namespaces", "pod-security"],
    ["validatingwebhookconfigurations.admissionregistration.k8s.io", "webhooks"],
    ["validatingadmissionpolicies.admissionregistration.k8s.io", "policies"],
    ["clusterpolicies.kyverno.io", "images"],
    ["k8spspprivilegedcontainers.constraints.gatekeeper.sh", "policies"],
    ["pods", "plugins"],
  ] as const)("is not assessed without %s, with the reason and what helps", async (denied, key) => {
    await cluster.scan(OBJECTS, [denied]);
    const group = groupOf(await read(), key);
    expect(group?.notAssessed?.reason).toMatch(/could not be read/);
    expect(group?.notAssessed?.action).toMatch(/grant/i);
    expect(group?.parts.filter((part) => part.object === null && key !== "images")).toEqual([]);
  });
});
