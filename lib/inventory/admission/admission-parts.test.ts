import { expect, it } from "vitest";
import type { JsonRecord } from "../../model/json";
import { type AdmissionPart, admissionPartsView } from "./admission-parts";
import { buildInventory } from "../build-inventory";
import { createContext } from "../context";
import { DEFAULT_SETTINGS } from "../inventory";
import { componentPod, controlPlaneNode } from "../nodes/testing-control-plane";
import { deployment, engineWebhook, namespace, pod, webhookService } from "../testing";

function partsOf(...objects: readonly JsonRecord[]): readonly AdmissionPart[] {
  const options = { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  return createContext(buildInventory(objects, options)).view(admissionPartsView);
}

const inGroup = (parts: readonly AdmissionPart[], group: AdmissionPart["group"]) => parts.filter((part) => part.group === group);
const labelled = (name: string, level: string) => namespace({ name, labels: { "pod-security.kubernetes.io/enforce": level } });

function webhook(name: string, hook: JsonRecord, kind = "ValidatingWebhookConfiguration"): JsonRecord {
  const rules = [{ operations: ["CREATE"], apiGroups: [""], resources: ["pods"] }];
  const clientConfig = { service: { namespace: "guard", name: "guard" } };
  return { apiVersion: "admissionregistration.k8s.io/v1", kind, metadata: { name }, webhooks: [{ name: `${name}.example.com`, rules, clientConfig, ...hook }] };
}

const kyverno = (name: string, spec: JsonRecord): JsonRecord => ({ apiVersion: "kyverno.io/v1", kind: "ClusterPolicy", metadata: { name }, spec });
const ALL_PODS = { any: [{ resources: { kinds: ["Pod"] } }] };
const verifyImages = [{ imageReferences: ["*"], failureAction: "Enforce" }];

it("counts what Pod Security enforces, by level", () => {
  const [part] = inGroup(
    partsOf(labelled("a", "baseline"), labelled("b", "restricted"), labelled("c", "privileged"), labelled("d", "privileged")),
    "pod-security",
  );
  expect(part).toMatchObject({ enforcement: "refuses", does: "Enforces restricted in 1 and baseline in 1 of 4 namespaces; only warns or audits in 0" });
  expect(inGroup(partsOf(labelled("d", "privileged")), "pod-security")[0]?.enforcement).toBe("off");
});

it("tells policies that refuse from those that only report", () => {
  const parts = partsOf(
    engineWebhook(),
    kyverno("strict", { validationFailureAction: "Enforce", rules: [{ match: ALL_PODS, validate: {} }] }),
    kyverno("lax", { validationFailureAction: "Audit", rules: [{ match: ALL_PODS, validate: {} }] }),
  );
  expect(inGroup(parts, "policies").map(({ system, object, enforcement, laxBecause }) => [system, object?.name, enforcement, laxBecause])).toEqual([
    ["Kyverno", "strict", "refuses", null],
    ["Kyverno", "lax", "reports", "it only audits"],
  ]);
});

it("tells policies that are left of an engine that was removed", () => {
  const parts = partsOf(kyverno("strict", { validationFailureAction: "Enforce", rules: [{ match: ALL_PODS, validate: {} }] }));
  expect(inGroup(parts, "policies")).toMatchObject([{ enforcement: "reports", laxBecause: "no webhook of Kyverno asks it" }]);
});

it("lists a Kyverno policy that verifies images there, and as a policy only when it validates too", () => {
  const parts = partsOf(
    kyverno("verify", { rules: [{ match: ALL_PODS, verifyImages }] }),
    kyverno("both", { rules: [{ match: ALL_PODS, verifyImages, validate: { failureAction: "Enforce" } }] }),
  );
  expect(inGroup(parts, "images").map((part) => part.object?.name)).toEqual(["verify", "both"]);
  expect(inGroup(parts, "policies").map((part) => part.object?.name)).toEqual(["both"]);
});

it("recognises verifiers that are a webhook alone, and keeps them out of the other webhooks", () => {
  const parts = partsOf(webhook("connaisseur-webhook", { failurePolicy: "Ignore" }, "MutatingWebhookConfiguration"));
  expect(inGroup(parts, "images")).toMatchObject([{ system: "Connaisseur", enforcement: "reports", laxBecause: "its webhook fails open" }]);
  expect(inGroup(parts, "webhooks")).toEqual([]);
});

it("says of a webhook whom it asks, about what, and that it fails open", () => {
  const hooks = [webhook("a", { failurePolicy: "Fail" }), webhook("k-rail", { failurePolicy: "Ignore" })];
  const [closed, open] = inGroup(partsOf(...hooks, webhookService("guard"), deployment({ namespace: "guard" })), "webhooks");
  expect(closed).toMatchObject({ system: "Webhook", does: "guard/guard may refuse pods", laxBecause: null });
  expect(open).toMatchObject({
    system: "K-Rail",
    does: "guard/guard may refuse pods; its policies are in its own configuration",
    laxBecause: "it fails open: without an answer, everything passes",
  });
  const both = { ...webhook("k-rail", {}), webhooks: hooks.flatMap(({ webhooks }) => webhooks) };
  expect(inGroup(partsOf(both), "webhooks")).toMatchObject([
    { enforcement: "refuses", laxBecause: "of k-rail.example.com, nothing that runs answers its webhook, which lets everything through then" },
  ]);
  const [blocking, unanswered] = inGroup(partsOf(...hooks), "webhooks");
  expect(blocking).toMatchObject({ enforcement: "refuses", laxBecause: null });
  expect(unanswered).toMatchObject({ enforcement: "off", laxBecause: "nothing that runs answers its webhook, which lets everything through then" });
});

it.each([
  [{ url: "https://guard.example.com/validate" }, "an address outside the cluster"],
  [{ url: "https://guard.guard.svc:443/validate" }, "guard/guard"],
  [{ url: "https://localhost:8443/validate" }, "a program beside the API server"],
  [undefined, "nothing"],
])("says where a webhook is answered: %j", (clientConfig, answers) => {
  expect(inGroup(partsOf(webhook("a", { clientConfig })), "webhooks")[0]?.does).toBe(`${answers} may refuse pods`);
});

it("tells nothing of a name that is of no Service here, unless the API server runs here, too", () => {
  const hook = webhook("a", { failurePolicy: "Ignore", clientConfig: { url: "https://guard.hosted.svc/validate" } });
  const here = [controlPlaneNode(), componentPod("kube-apiserver", [])];
  expect([[hook], [hook, ...here]].map((objects) => inGroup(partsOf(...objects), "webhooks")[0]?.enforcement)).toEqual(["refuses", "off"]);
});

it("says of K-Rail that it refuses, which does so where others change", () => {
  const parts = partsOf(...["k-rail", "a"].map((name) => webhook(name, {}, "MutatingWebhookConfiguration")));
  expect(inGroup(parts, "webhooks").map(({ system, enforcement }) => `${system} ${enforcement}`)).toEqual(["K-Rail refuses", "Webhook changes"]);
});

it("tells a mutating policy that is bound from one that edits nothing", () => {
  const of = (kind: string, name: string, spec: JsonRecord): JsonRecord => ({ apiVersion: "admissionregistration.k8s.io/v1", kind, metadata: { name }, spec });
  const parts = partsOf(
    of("MutatingAdmissionPolicy", "bound", {}),
    of("MutatingAdmissionPolicy", "idle", {}),
    ...["elsewhere", "wide"].map((name) =>
      of("MutatingAdmissionPolicy", name, { matchConstraints: { resourceRules: [{ resources: name === "wide" ? ["pods", "nodes"] : ["pods"] }] } }),
    ),
    namespace(),
    of("MutatingAdmissionPolicyBinding", "b", { policyName: "bound" }),
    ...["elsewhere", "wide"].map((policyName) =>
      of("MutatingAdmissionPolicyBinding", policyName, { policyName, matchResources: { namespaceSelector: { matchLabels: { team: "a" } } } }),
    ),
    of("ValidatingAdmissionPolicyBinding", "c", { policyName: "idle" }),
  );
  expect(inGroup(parts, "policies").map(({ object, enforcement, laxBecause }) => [object?.name, enforcement, laxBecause])).toEqual([
    ["bound", "changes", null],
    ["idle", "off", "no binding puts it into effect"],
    ["elsewhere", "off", "it is for none of the namespaces that are there"],
    ["wide", "changes", null],
  ]);
});

it("reads the plugins of an API server, and says so when it cannot", () => {
  const server = (args: readonly string[], name = "kube-apiserver-a") =>
    pod({
      name,
      namespace: "kube-system",
      podLabels: { component: "kube-apiserver", tier: "control-plane" },
      container: { name: "kube-apiserver", command: ["kube-apiserver", ...args] },
    });
  const parts = partsOf(
    labelled("a", "baseline"),
    server(["--enable-admission-plugins=NodeRestriction,ImagePolicyWebhook", "--disable-admission-plugins=PodSecurity"]),
  );
  expect(inGroup(parts, "images").map(({ system }) => system)).toEqual(["ImagePolicyWebhook"]);
  expect(inGroup(parts, "plugins").map(({ system }) => system)).toEqual(["NodeRestriction"]);
  const two = partsOf(
    server(["--enable-admission-plugins=NodeRestriction,AlwaysAdmit"]),
    server(["--enable-admission-plugins=EventRateLimit"], "kube-apiserver-b"),
  );
  expect(inGroup(two, "plugins").map(({ system }) => system)).toEqual(["AlwaysAdmit"]);
  expect(inGroup(parts, "pod-security")[0]).toMatchObject({ enforcement: "off", laxBecause: "the API server has the plugin PodSecurity switched off" });
  expect(inGroup(partsOf(), "plugins")).toMatchObject([{ enforcement: "hidden" }]);
});

it("says of policies and webhooks that an API server does without them", () => {
  const of = (kind: string, spec: JsonRecord): JsonRecord => ({ apiVersion: "admissionregistration.k8s.io/v1", kind, metadata: { name: "a" }, spec });
  const plugins = ["ValidatingAdmissionPolicy", "MutatingAdmissionPolicy", "ValidatingAdmissionWebhook", "MutatingAdmissionWebhook"];
  const parts = partsOf(
    of("ValidatingAdmissionPolicy", { validations: [{ expression: "false" }] }),
    of("ValidatingAdmissionPolicyBinding", { policyName: "a", validationActions: ["Deny"] }),
    of("MutatingAdmissionPolicy", {}),
    of("MutatingAdmissionPolicyBinding", { policyName: "a" }),
    webhook("a", {}),
    webhook("b", {}, "MutatingWebhookConfiguration"),
    pod({ name: "kube-apiserver-a", namespace: "kube-system", container: { command: ["kube-apiserver", `--disable-admission-plugins=${plugins.join(",")}`] } }),
  );
  const ofObjects = parts.filter(({ object }) => object !== null);
  expect(ofObjects.map(({ enforcement, laxBecause }) => `${enforcement}: ${laxBecause}`)).toEqual(
    ["reports", "off", "off", "off"].map((enforcement, index) => `${enforcement}: the API server has the plugin ${plugins[index]} switched off`),
  );
});

it("survives shapes that no API server would take", () => {
  const odd = [webhook("a", { rules: "x", clientConfig: 3 }), kyverno("b", { rules: { a: 1 } }), { ...webhook("c", {}), webhooks: "x" }];
  expect(() => partsOf(...odd)).not.toThrow();
});
