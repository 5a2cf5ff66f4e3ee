import { describe, expect, test } from "vitest";
import { type JsonRecord, list, record } from "../../model/json";
import { OVERRULED } from "./kyverno-actions";
import { imageVerifiersView } from "./image-verifiers";
import { toPolicyNamespace } from "./policy-namespace";
import { componentPod, controlPlaneNode } from "../nodes/testing-control-plane";
import { configMap, deployment } from "../testing";
import { createTestContext } from "../testing-context";

const SHOP = toPolicyNamespace("shop", { "policy.sigstore.dev/include": "true" });
const IMAGE = "registry.example.com/app:1";
const EVERYBODY = [{ kind: "Group", name: "system:authenticated" }];
const POD_RULE = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] };
const CREATION = { ...POD_RULE, operations: ["CREATE"] };
const DEPLOYMENT_RULE = { ...POD_RULE, apiGroups: ["apps"], resources: ["deployments"] };

const hook = (name: string, spec: JsonRecord = {}, kind = "ValidatingWebhookConfiguration"): JsonRecord => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind,
  metadata: { name },
  webhooks: [{ name, rules: [POD_RULE], ...spec }],
});
const ENGINES = [hook("kyverno"), hook("gatekeeper"), hook("policy.sigstore.dev")];
/** About what is made one webhook is asked, and about what is changed one that lets everything through, since its Service is not there. */
const halfHeard = (name: string) => ({
  ...hook(name),
  webhooks: [
    { name: `new.${name}`, rules: [CREATION] },
    { name: `changed.${name}`, rules: [POD_RULE], failurePolicy: "Ignore", clientConfig: { service: { namespace: "guard", name: "gone" } } },
  ],
});
const leavesOut = (namespace: string) => ({
  namespaceSelector: { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: [namespace] }] },
});

/** What becomes of an image in the namespace shop, or why it is let through or may be. */
function answerOf(objects: readonly JsonRecord[]): string {
  const found = createTestContext(objects).view(imageVerifiersView);
  const [verifier] = found.filter(({ isFallback }) => !isFallback);
  if (verifier === undefined) return "no verifier";
  if (verifier.laxBecause !== null) return verifier.laxBecause;
  const { covers, because } = verifier.coverOf(SHOP, IMAGE);
  return because ?? (covers ? "verified" : "not here");
}

const ENTRIES = [{ keyless: { issuer: "https://example.com", subject: "build" } }];
const rules = (rule: JsonRecord, verify: JsonRecord = {}, status: JsonRecord = {}): JsonRecord => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name: "p" },
  spec: {
    rules: [
      {
        match: { any: [{ resources: { kinds: ["Pod"] } }] },
        verifyImages: [{ imageReferences: ["*"], failureAction: "Enforce", attestors: [{ entries: ENTRIES }], ...verify }],
        ...rule,
      },
    ],
  },
  status,
});
const matching = (resources: JsonRecord, item: JsonRecord = {}) => rules({ match: { any: [{ resources, ...item }] } });
const made = (expression: string) => ({ celPreconditions: [{ name: "made", expression }] });
const OF_POD = { key: "{{ request.object.a }}", operator: "Equals", value: "b" };
const inNamespace = (operator: string, name: string) => ({ key: "{{request.namespace}}", operator, value: [name] });
const where = (operator: string, name: string) => ({ preconditions: { all: [inNamespace(operator, name)] } });
const CONDITIONAL = "its conditions choose which objects it is about, and they are not evaluated here";
const ALONE = "it sees what is made alone: the image of a running pod may be changed to any";
const ANYONE = { keyless: { issuerRegExp: "^.*$", subjectRegExp: ".+" } };
const ANYBODY = "it takes the signature of anybody";
const ACTIONS = "https://token.actions.githubusercontent.com";
const keyless = (asked: JsonRecord) => rules({}, { attestors: [{ entries: [{ keyless: asked }] }] });
const NOBODY = "it names nobody whose signature it asks for";

describe("verifyImages of Kyverno", () => {
  test.each<[string, JsonRecord, string]>([
    ["with attestors", rules({}), "verified"],
    ["without attestors", rules({}, { attestors: undefined, mutateDigest: true }), NOBODY],
    ["with an empty set of attestors", rules({}, { attestors: [{ entries: [] }] }), NOBODY],
    ["with attestors of attestations", rules({}, { attestors: undefined, attestations: [{ type: "a", attestors: [{ entries: ENTRIES }] }] }), "verified"],
    ["with attestations of nobody", rules({}, { attestors: undefined, attestations: [{ type: "a" }] }), NOBODY],
    ["with a key, as older releases name it", rules({}, { attestors: undefined, key: "k8s://kyverno/cosign" }), "verified"],
    ["with an issuer, as older releases name it", rules({}, { attestors: undefined, issuer: "https://example.com" }), "verified"],
    ["of anybody, by wildcards", rules({}, { attestors: [{ entries: [{ keyless: { issuer: "*", subject: "*" } }] }] }), ANYBODY],
    ["of anybody, by patterns", rules({}, { attestors: [{ count: 1, entries: [...ENTRIES, ANYONE] }] }), ANYBODY],
    ["of anybody beside somebody", rules({}, { attestors: [{ entries: [...ENTRIES, ANYONE] }] }), "verified"],
    ["of anybody, and of somebody", rules({}, { attestors: [{ entries: [ANYONE] }, { entries: ENTRIES }] }), "verified"],
    ["of anybody, as neither issuer nor subject is named", keyless({}), ANYBODY],
    ["of anybody of an issuer of everybody, as no subject is named", keyless({ issuer: ACTIONS, rekor: { url: "https://rekor.sigstore.dev" } }), ANYBODY],
    ["of whom one issuer knows, as no subject is named", keyless({ issuer: "https://example.com" }), "verified"],
    ["of a subject, whoever knows it", keyless({ subject: "someone@example.com" }), "verified"],
    ["of anybody whose workflow has a name", keyless({ issuer: ACTIONS, additionalExtensions: { githubWorkflowName: "release" } }), ANYBODY],
    ["of anybody whose workflow has any repository", keyless({ issuer: ACTIONS, additionalExtensions: { githubWorkflowRepository: "*" } }), ANYBODY],
    [
      "of the workflows of a repository",
      keyless({ issuer: ACTIONS, subject: "*", additionalExtensions: { githubWorkflowRepository: "team/app" } }),
      "verified",
    ],
    ["of anybody in a set of a set", rules({}, { attestors: [{ entries: [{ attestor: { count: 1, entries: [...ENTRIES, ANYONE] } }] }] }), ANYBODY],
    ["of somebody in a set of a set", rules({}, { attestors: [{ entries: [{ attestor: { entries: [...ENTRIES, ANYONE] } }] }] }), "verified"],
    ["with attestations of anybody", rules({}, { attestors: undefined, attestations: [{ type: "a", attestors: [{ entries: [ANYONE] }] }] }), ANYBODY],
    [
      "of anybody, with attestations of somebody",
      rules({}, { attestors: [{ entries: [ANYONE] }], attestations: [{ type: "a", attestors: [{ entries: ENTRIES }] }] }),
      "verified",
    ],
    ["of anybody of one issuer", rules({}, { attestors: [{ entries: [{ keyless: { issuer: "https://example.com", subject: "*" } }] }] }), "verified"],
    ...[
      ["https://token.actions.githubusercontent.com", { subject: "*" }, ANYBODY],
      ["https://token.actions.githubusercontent.com", { subject: "https://github.com/*" }, ANYBODY],
      ["https://token.actions.githubusercontent.com", { subject: "https://github.com/team/*" }, "verified"],
      ["https://token.actions.githubusercontent.com", { subjectRegExp: String.raw`^https://github\.com/.*` }, ANYBODY],
      ["https://token.actions.githubusercontent.com", { subjectRegExp: "https://github.com/team/.*" }, "verified"],
      ["https://token.actions.githubusercontent.com", { subject: "?*" }, ANYBODY],
      ["https://token.actions.githubusercontent.com", { subject: "https://github.com/*/*/.github/workflows/*" }, ANYBODY],
      ["https://token.actions.githubusercontent.com", { subject: "https://github.com/team/*/.github/workflows/*" }, "verified"],
      ["https://token.actions.githubusercontent.com", { subjectRegExp: String.raw`^https://github.com/[^/]+/.+/\.github/workflows/.+@.+$` }, ANYBODY],
      ["https://token.actions.githubusercontent.com", { subject: "https://github.com/*/*/.github/workflows/release.yml@refs/heads/main" }, ANYBODY],
      ["https://token.actions.githubusercontent.com", { subject: "https://github.com/*/app/.github/workflows/*" }, ANYBODY],
      ["https://token.actions.githubusercontent.com", { subject: "https://github.com/team*/app/.github/workflows/*" }, "verified"],
      [
        "https://token.actions.githubusercontent.com",
        { subjectRegExp: String.raw`^https://github\.com/[^/]+/app/\.github/workflows/.*@refs/tags/v.*$` },
        ANYBODY,
      ],
      ["https://token.actions.githubusercontent.com", { subjectRegExp: String.raw`^https://github\.com/team/.*/\.github/workflows/.*$` }, "verified"],
      ["https://accounts.google.com", { subjectRegExp: "(.+)@.+" }, ANYBODY],
      ["https://accounts.google.com", { subject: "*" }, ANYBODY],
      ["https://accounts.google.com", { subject: "*@example.com" }, "verified"],
      ["https://accounts.google.com.example.com", { subject: "*" }, "verified"],
    ].map(([issuer, subject, answer]): [string, JsonRecord, string] => [
      `of ${JSON.stringify(subject)} as ${issuer} knows them`,
      rules({}, { attestors: [{ entries: [{ keyless: { issuer, ...record(subject) } }] }] }),
      String(answer),
    ]),
    ["of anybody whom an authority of one's own knows", rules({}, { attestors: [{ entries: [{ keyless: { ...ANYONE.keyless, roots: "a" } }] }] }), "verified"],
    ["that is not ready", rules({}, {}, { conditions: [{ type: "Ready", status: "False" }] }), "its status says that it is not ready"],
    ["for Deployments", matching({ kinds: ["apps/v1/Deployment"] }), "not here"],
    ["for every kind and name", matching({ kinds: ["*"], names: ["*"] }, { subjects: EVERYBODY }), "verified"],
    ["that leaves out whoever has signed in", rules({ exclude: { any: [{ subjects: EVERYBODY }] } }), "not here"],
    ["that leaves out one team", rules({ exclude: { any: [{ subjects: [{ kind: "Group", name: "team" }] }] } }), "verified"],
    ["that leaves out administrators here", rules({ exclude: { any: [{ resources: { namespaces: ["shop"] }, clusterRoles: ["admin"] }] } }), "verified"],
    ["that leaves out whoever may edit", rules({ exclude: { any: [{ clusterRoles: ["edit"] }] } }), "it leaves out a role that whoever makes pods may have"],
    ["of what is made", matching({ kinds: ["Pod"], operations: ["CREATE"] }), ALONE],
    [
      "of what is made, by a precondition that is one of several, or the only one",
      rules({ preconditions: { any: [{ key: "{{request.operation || 'BACKGROUND'}}", operator: "AnyIn", value: ["CREATE"] }] } }),
      ALONE,
    ],
    [
      "of what is made, or changed in this namespace, by preconditions",
      rules({ preconditions: { any: [{ key: "{{ request.operation }}", operator: "Equals", value: "CREATE" }, inNamespace("AnyIn", "shop")] } }),
      "verified",
    ],
    ["of what is made, by a precondition", rules({ preconditions: { all: [{ key: "{{ request.operation }}", operator: "Equals", value: "CREATE" }] } }), ALONE],
    ["of what is made, by a condition in CEL", rules(made("request.operation == 'CREATE'")), ALONE],
    ["of what is made, by one that leaves out changes", rules(made("request.operation != 'UPDATE'")), ALONE],
    ["of what is made and changed, by a condition in CEL", rules(made("request.operation in ['CREATE', \"UPDATE\"]")), "verified"],
    ["of all but what is removed", rules(made("request.operation != 'DELETE'")), "verified"],
    ["for other namespaces, by a precondition", rules(where("AnyNotIn", "shop")), "not here"],
    ["for this namespace, by a precondition", rules(where("AnyIn", "shop")), "verified"],
    ["for this namespace or other pods, by a precondition", rules({ preconditions: { any: [OF_POD, inNamespace("AnyIn", "shop")] } }), "verified"],
    ["for other namespaces or pods, by a precondition", rules({ preconditions: { any: [OF_POD, inNamespace("AnyIn", "other")] } }), CONDITIONAL],
    ["for other namespaces, by a condition in CEL", rules(made("request.namespace != 'shop'")), "not here"],
    ["for this namespace, by a condition in CEL", rules(made("request.namespace == 'shop'")), "verified"],
    [
      "behind a rule that only audits",
      { ...rules({}), spec: { rules: [{ validate: { failureAction: "Audit" } }, ...list(record(rules({}).spec).rules)] } },
      OVERRULED,
    ],
    ["that leaves out Deployments", rules({ exclude: { any: [{ resources: { kinds: ["Deployment"] } }] } }), "verified"],
  ])("%s", (_, policy, answer) => {
    expect(answerOf([...ENGINES, policy])).toBe(answer);
  });

  test("by webhooks that leave the namespace out", () => {
    expect(answerOf([hook("kyverno", leavesOut("shop")), rules({})])).toBe("Kyverno leaves the namespace out");
    expect(answerOf([hook("kyverno", leavesOut("other")), rules({})])).toBe("verified");
  });

  test("by the webhook that writes digests", () => {
    expect(answerOf([hook("kyverno", {}, "MutatingWebhookConfiguration"), rules({})])).toBe("verified");
  });
});

const inCel = (spec: JsonRecord, status: JsonRecord = {}): JsonRecord => ({
  apiVersion: "policies.kyverno.io/v1",
  kind: "ImageValidatingPolicy",
  metadata: { name: "p" },
  spec: { attestors: [{ name: "a", cosign: {} }], ...spec },
  status,
});
const expressed = (expression: string) => inCel({ validations: [{ expression }] });
const constrained = (constraints: JsonRecord) => inCel({ matchConstraints: { resourceRules: [POD_RULE], ...constraints } });

const identified = (...identities: readonly JsonRecord[]) => inCel({ attestors: [{ name: "a", cosign: { keyless: { identities } } }] });
const askedOf = (expression: string) =>
  inCel({
    attestors: [
      { name: "a", cosign: { key: { data: "a" } } },
      { name: "open", cosign: { keyless: { identities: [] } } },
    ],
    validations: [{ expression: `images.all(k, images[k].all(i, ${expression}))` }],
  });
const ONE_OF_THEM = "one of the attestors that it names is anybody, and one may be enough";

describe("an ImageValidatingPolicy", () => {
  test.each<[string, JsonRecord, string]>([
    ["that names no resources", inCel({}), "verified"],
    ["of anybody", inCel({ attestors: [{ name: "a", cosign: { keyless: { identities: [ANYONE.keyless] } } }] }), ANYBODY],
    ["without an identity", identified(), ANYBODY],
    ["with an identity of no subject", identified({ issuer: ACTIONS }), ANYBODY],
    ["with an identity of no subject, whom one issuer knows", identified({ issuer: "https://example.com" }), "verified"],
    ["with an identity", identified({ issuer: ACTIONS, subject: "https://github.com/team/app/.github/workflows/a.yml@refs/heads/main" }), "verified"],
    ["of somebody, who is asked beside anybody", askedOf("verifyImageSignatures(i, [attestors.a, attestors.open]) > 0"), ONE_OF_THEM],
    ["of somebody, who is asked beside anybody by the key", askedOf("verifyImageSignatures(i, [attestors.a, attestors['open']]) > 0"), ONE_OF_THEM],
    ["of somebody or anybody", askedOf("verifyImageSignatures(i, [attestors.a]) > 0 || verifyImageSignatures(i, [attestors.open]) > 0"), ONE_OF_THEM],
    ["of attestors that are not named", askedOf("verifyImageSignatures(i, dyn(attestors)) > 0"), ONE_OF_THEM],
    ["of anybody, beside somebody who is not asked", askedOf("verifyImageSignatures(i, [attestors.open]) > 0"), ANYBODY],
    ["of somebody, beside anybody who is not asked", askedOf("verifyImageSignatures(i, [attestors.a]) > 0"), "verified"],
    ["for pods", constrained({}), "verified"],
    ["for Deployments", constrained({ resourceRules: [DEPLOYMENT_RULE] }), "not here"],
    ["that leaves all pods out", constrained({ excludeResourceRules: [POD_RULE] }), "not here"],
    ["that calls a verifier", expressed("(images.containers + images.initContainers).all(i, verifyImageSignatures(i, [attestors.a]) > 0)"), "verified"],
    ["that does for whatever kind of container", expressed("images.all(k, images[k].all(i, verifyImageSignatures(i, [attestors.a]) > 0))"), "verified"],
    [
      "that does for containers alone",
      expressed("images.containers.all(i, verifyImageSignatures(i, [attestors.a]) > 0)"),
      "it asks for the signatures of containers, and not of init containers, whose images only some releases of Kyverno then refuse",
    ],
    [
      "that names init containers in a variable",
      inCel({
        variables: [{ name: "all", expression: "images.containers + images.?initContainers.orValue([])" }],
        validations: [{ expression: "variables.all.all(i, verifyImageSignatures(i, [attestors.a]) > 0)" }],
      }),
      "verified",
    ],
    ["that calls none", expressed("images.containers.all(i, i != '')"), "it verifies no signature"],
    ["that only warns", inCel({ validationActions: ["Warn"] }), "it only warns"],
    ["for JSON", inCel({ evaluation: { mode: "JSON" } }), "it judges JSON, and no objects of a cluster"],
    ["that is not ready", inCel({}, { conditionStatus: { ready: false } }), "its status says that it is not ready"],
    ["of what is made", inCel({ matchConstraints: { resourceRules: [CREATION] } }), ALONE],
    ["that leaves out pods that are changed", inCel({ matchConstraints: { excludeResourceRules: [{ ...POD_RULE, operations: ["UPDATE"] }] } }), ALONE],
    ["of what is made, by a condition", inCel({ matchConditions: [{ name: "a", expression: "request.operation == 'CREATE'" }] }), ALONE],
    ["of other namespaces, by a condition", inCel({ matchConditions: [{ name: "a", expression: "!(request.namespace in ['shop'])" }] }), "not here"],
    ["of this namespace, by a condition", inCel({ matchConditions: [{ name: "a", expression: "request.namespace.startsWith('sh')" }] }), "verified"],
    ["about whatever is made or changed", inCel({ matchConditions: [{ name: "a", expression: "request.operation != 'DELETE'" }] }), "verified"],
  ])("%s", (_, policy, answer) => {
    expect(answerOf([...ENGINES, policy])).toBe(answer);
  });
});

const ratify = (match: JsonRecord, kind = "RatifyVerification"): JsonRecord => ({
  apiVersion: "constraints.gatekeeper.sh/v1beta1",
  kind,
  metadata: { name: "p" },
  spec: { match },
});
const sigstore = (...authorities: readonly JsonRecord[]): JsonRecord => ({
  apiVersion: "policy.sigstore.dev/v1beta1",
  kind: "ClusterImagePolicy",
  metadata: { name: "p" },
  spec: { images: [{ glob: "**" }], authorities },
});
const PASS = { static: { action: "pass" } };

test.each<[string, readonly JsonRecord[], string]>([
  ["Ratify", [...ENGINES, ratify({})], "verified"],
  ["Ratify for Services", [...ENGINES, ratify({ kinds: [{ apiGroups: [""], kinds: ["Service"] }] })], "not here"],
  ["Ratify for pods with a label", [...ENGINES, ratify({ labelSelector: { matchLabels: { a: "b" } } })], "it is for chosen objects only"],
  [
    "Ratify of a Gatekeeper that only changes objects",
    [hook("gatekeeper", {}, "MutatingWebhookConfiguration"), ratify({})],
    "no webhook of Gatekeeper asks it",
  ],
  ["a constraint about strata", [...ENGINES, ratify({}, "K8sStratifyLabels")], "no verifier"],
  ["policy-controller", [...ENGINES, sigstore({ keyless: {} })], "verified"],
  ["policy-controller that asks for anybody's signature", [...ENGINES, sigstore({ keyless: { identities: [ANYONE.keyless] } })], ANYBODY],
  [
    "policy-controller that asks for the signature of anybody whom an authority of one's own knows",
    [...ENGINES, sigstore({ keyless: { url: "https://fulcio.example.com", identities: [ANYONE.keyless] } })],
    "verified",
  ],
  ["policy-controller with an authority that passes everything", [...ENGINES, sigstore({ keyless: {} }, PASS)], "its authorities let everything pass"],
  [
    "policy-controller that only changes tags to digests",
    [hook("policy.sigstore.dev", {}, "MutatingWebhookConfiguration"), sigstore({ keyless: {} })],
    "no webhook of Sigstore policy-controller asks it",
  ],
  ["Kyverno that is not asked about changes", [hook("kyverno", { rules: [CREATION] }), rules({})], ALONE],
  ["Ratify of a Gatekeeper that is not asked about changes", [hook("gatekeeper", { rules: [CREATION] }), ratify({})], ALONE],
  ["policy-controller that is not asked about changes", [hook("policy.sigstore.dev", { rules: [CREATION] }), sigstore({ keyless: {} })], ALONE],
  ["Kyverno that is not heard about changes", [halfHeard("kyverno"), rules({})], ALONE],
  ["Connaisseur that is not heard about changes", [halfHeard("connaisseur")], ALONE],
  ["Connaisseur that is not asked about changes", [hook("connaisseur-webhook", { rules: [CREATION] })], ALONE],
  [
    "Connaisseur that the API server asks about nothing",
    [hook("connaisseur-webhook"), controlPlaneNode(), componentPod("kube-apiserver", ["--disable-admission-plugins=ValidatingAdmissionWebhook"])],
    "the API server has the plugin ValidatingAdmissionWebhook switched off",
  ],
  ["Connaisseur", [hook("connaisseur-webhook", {}, "MutatingWebhookConfiguration")], "verified"],
  ["Connaisseur that is not asked about pods", [hook("connaisseur-webhook", { rules: [DEPLOYMENT_RULE] })], "not here"],
])("%s", (_, objects, answer) => {
  expect(answerOf(objects)).toBe(answer);
});

test("Kyverno leaves out its own programs where it runs, and others where it runs or where it does not", () => {
  const running = deployment({ name: "policy", namespace: "guard", container: { image: "ghcr.io/kyverno/kyverno:v1.17.1" } });
  const settings = configMap({ name: "kyverno", namespace: "guard", data: { resourceFilters: "[*/*,guard,*] [*/*,shop,*]" } });
  const [verifier] = createTestContext([running, settings, rules({})]).view(imageVerifiersView);
  const coverOf = (namespace: string, image: string) => verifier?.coverOf(toPolicyNamespace(namespace), image);
  const because = "Kyverno leaves the namespace out";
  expect(coverOf("guard", "ghcr.io/kyverno/reports-controller:v1.17.1")).toEqual({ covers: false, because, isOwn: true });
  expect(coverOf("guard", IMAGE)).toEqual({ covers: false, because });
  expect(coverOf("shop", "ghcr.io/kyverno/kyverno-cli:v1.17.1")).toEqual({ covers: false, because });
});

test.each([
  ["true", "its webhook fails open"],
  ["false", "verified"],
])("verifyImages of a Kyverno that a flag has ignore failures: %s", (isForced, answer) => {
  const image = "ghcr.io/kyverno/kyverno:v1.17.1";
  const controller = deployment({ name: "guard", namespace: "guard", container: { image, args: [`--forceFailurePolicyIgnore=${isForced}`] } });
  expect(answerOf([...ENGINES, controller, rules({})])).toBe(answer);
});

test("Kyverno does not verify the images of pods that have no name yet, where it is to leave those out", () => {
  const settings = configMap({ name: "kyverno", namespace: "guard", data: { resourceFilters: "[Pod,shop]" } });
  const running = deployment({ name: "policy", namespace: "guard", container: { image: "ghcr.io/kyverno/kyverno:v1.17.1" } });
  const [verifier] = createTestContext([...ENGINES, running, settings, rules({})]).view(imageVerifiersView);
  expect(verifier?.coverOf(toPolicyNamespace("shop"), IMAGE)).toEqual({ covers: null, because: "the settings of Kyverno leave out pods by their names" });
});
