import { describe, expect, test } from "vitest";
import { type JsonRecord, record } from "../../model/json";
import { admissionPoliciesView, opaqueEngineView } from "./policy-enforcement";
import { toPolicyNamespace } from "./policy-namespace";
import { guardedNamespacesView } from "./policy-reach";
import { configMap, engineWebhook } from "../testing";
import { createTestContext } from "../testing-context";

const GROUP = "admissionregistration.k8s.io/v1";
const SHOP = toPolicyNamespace("shop", { team: "a" });
const EVERYBODY = [{ kind: "Group", name: "system:authenticated" }];
const PODS = { any: [{ resources: { kinds: ["Pod"] } }] };
const LABELLED = { any: [{ resources: { kinds: ["Pod"], selector: { matchLabels: { a: "b" } } } }] };
const ELSEWHERE = { any: [{ resources: { kinds: ["Pod"], namespaces: ["other"] } }] };
const VALIDATE = { failureAction: "Enforce" };

/** What becomes of a new pod in the namespace shop, or why it is let through or may be. */
function answerOf(...objects: readonly JsonRecord[]): string {
  const found = createTestContext([engineWebhook("kyverno"), engineWebhook("gatekeeper"), ...objects]).view(admissionPoliciesView);
  const [policy] = found;
  if (found.length !== 1 || policy === undefined) throw new Error(`${found.length} policies`);
  if (policy.laxBecause !== null) return policy.laxBecause;
  if (policy.isOfSignatures) return "looks at signatures";
  if (!policy.seesPods) return "sees no pods";
  if (policy.seesNamespace && !policy.seesNamespace(SHOP)) return policy.unsureElsewhere ? `unless ${policy.unsureElsewhere}, not here` : "not here";
  return policy.unsureBecause ?? "refused";
}

const rules = (rule: JsonRecord, spec: JsonRecord = {}, status: JsonRecord = {}, others: readonly JsonRecord[] = []): JsonRecord => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name: "p" },
  spec: { rules: [rule, ...others].map((item) => ({ name: "r", match: PODS, validate: VALIDATE, ...item })), ...spec },
  status,
});
const overridden = (action: string, ...overrides: readonly JsonRecord[]) =>
  rules({ validate: {} }, { validationFailureAction: action, validationFailureActionOverrides: overrides });
const CHOSEN = "conditions, labels, names or people choose what it sees";
const UNLESS = `unless ${CHOSEN}, not here`;

const OF_POD = { key: "{{ request.object.a }}", operator: "Equals", value: "b" };
const inNamespaces = (operator: string, value: unknown) => ({ key: "{{ request.namespace }}", operator, value });

describe("a policy of Kyverno", () => {
  test.each<[string, JsonRecord, string]>([
    ["for pods", rules({}), "refused"],
    ["for every kind, as older policies write it", rules({ match: { resources: { kinds: ["*"] } } }), "refused"],
    ["for Deployments", rules({ match: { any: [{ resources: { kinds: ["apps/v1/Deployment"] } }] } }), "sees no pods"],
    ["whose overrides audit everywhere", overridden("Enforce", { action: "Audit", namespaces: ["*"] }), "it only audits"],
    ["whose overrides audit whatever labels a namespace has", overridden("Enforce", { action: "Audit", namespaceSelector: {} }), "it only audits"],
    ["whose overrides audit here", overridden("Enforce", { action: "Audit", namespaces: ["shop"] }), "not here"],
    ["whose overrides audit elsewhere", overridden("Enforce", { action: "Audit", namespaces: ["other"] }), "refused"],
    ["whose first override enforces here", overridden("Audit", { action: "Enforce", namespaces: ["sh*"] }, { action: "Audit", namespaces: ["*"] }), "refused"],
    [
      "whose override comes too late",
      overridden("Audit", { action: "Audit", namespaces: ["*"] }, { action: "Enforce", namespaces: ["shop"] }),
      "it only audits",
    ],
    [
      "whose rule overrides itself everywhere",
      rules({ validate: { ...VALIDATE, failureActionOverrides: [{ action: "Audit", namespaces: ["*"] }] } }),
      "it only audits",
    ],
    ["that leaves out whoever has signed in", rules({ exclude: { any: [{ subjects: EVERYBODY }] } }), "it leaves out all that it matches"],
    ["that leaves out every user", rules({ exclude: { subjects: [{ kind: "User", name: "*" }] } }), "it leaves out all that it matches"],
    ["that leaves out every namespace", rules({ exclude: { resources: { namespaces: ["*"] } } }), "it leaves out all that it matches"],
    ["that leaves out this namespace", rules({ exclude: { any: [{ resources: { namespaces: ["shop"] } }] } }), "not here"],
    ["for changes alone", rules({ match: { any: [{ resources: { kinds: ["Pod"], operations: ["UPDATE"] } }] } }), "not here"],
    ["that leaves out what goes", rules({ exclude: { any: [{ resources: { kinds: ["Pod"], operations: ["DELETE"] } }] } }), "refused"],
    ["that leaves out Deployments", rules({ exclude: { any: [{ resources: { kinds: ["Deployment"], namespaces: ["*"] } }] } }), "refused"],
    ["that leaves out administrators here", rules({ exclude: { any: [{ resources: { namespaces: ["shop"] }, clusterRoles: ["admin"] }] } }), "refused"],
    ["that leaves out pods with a label", rules({ exclude: { any: [{ resources: { selector: { matchLabels: { a: "b" } } } }] } }), "refused"],
    ["for another namespace", rules({ match: { any: [{ resources: { kinds: ["Pod"], namespaces: ["other"] } }] } }), "not here"],
    ["for pods with a label", rules({ match: { any: [{ resources: { kinds: ["Pod"], selector: { matchLabels: { a: "b" } } } }] } }), CHOSEN],
    ["for some people", rules({ match: { any: [{ resources: { kinds: ["Pod"] }, clusterRoles: ["dev"] }] } }), CHOSEN],
    ["for whoever has signed in", rules({ match: { any: [{ resources: { kinds: ["Pod"] }, subjects: EVERYBODY }] } }), "refused"],
    ["with conditions", rules({ preconditions: { all: [OF_POD] } }), CHOSEN],
    ["with conditions on pods and here", rules({ preconditions: { all: [OF_POD, inNamespaces("AnyIn", ["other", "shop"])] } }), CHOSEN],
    ["with conditions on other pods or elsewhere", rules({ preconditions: { any: [OF_POD, inNamespaces("AnyIn", ["other"])] } }), CHOSEN],
    ["for other namespaces, by a condition", rules({ preconditions: { all: [inNamespaces("NotIn", ["kube-system", "shop"])] } }), "not here"],
    ["for all but one other namespace, by a condition", rules({ preconditions: [inNamespaces("NotEquals", "other")] }), "refused"],
    [
      "for one of two other namespaces, by a condition",
      rules({ preconditions: { any: [inNamespaces("Equals", "a"), inNamespaces("AllIn", ["b"])] } }),
      "not here",
    ],
    ["for what comes of an operation", rules({ preconditions: [{ key: "{{ request.operation == 'CREATE' }}", operator: "Equals", value: "true" }] }), CHOSEN],
    ["for names of namespaces that fit a pattern", rules({ preconditions: { all: [inNamespaces("AnyIn", ["sh*"])] } }), CHOSEN],
    ["for a namespace that equals a list", rules({ preconditions: { all: [inNamespaces("NotEquals", ["other"])] } }), CHOSEN],
    [
      "for other namespaces, by a condition in CEL",
      rules({ celPreconditions: [{ name: "a", expression: "object.metadata.namespace != 'shop'" }] }),
      "not here",
    ],
    ["with a rule for pods with a label and one for other namespaces", rules({ match: LABELLED }, {}, {}, [{ match: ELSEWHERE }]), UNLESS],
    ["for pods with a label, and all of other namespaces", rules({ match: { any: [...LABELLED.any, ...ELSEWHERE.any] } }), UNLESS],
    ["with a rule for pods with a label and one for all", rules({ match: LABELLED }, {}, {}, [{}]), "refused"],
    ["that is not ready", rules({}, {}, { conditions: [{ type: "Ready", status: "False" }] }), "its status says that it is not ready"],
    ["that is ready, whatever the older field says", rules({}, {}, { ready: false, conditions: [{ type: "Ready", status: "True" }] }), "refused"],
    ["that is not ready, as older releases say it", rules({}, {}, { ready: false }), "its status says that it is not ready"],
    ["about signatures", rules({ validate: undefined, verifyImages: [VALIDATE] }), "looks at signatures"],
    ["about signatures and what runs", rules({ verifyImages: [VALIDATE] }), "refused"],
  ])("%s", (_, policy, answer) => {
    expect(answerOf(policy)).toBe(answer);
  });

  test.each([
    ["[*/*,kube-system,*] [Pod,sh?p,*]", "not here"],
    ["[Event,*,*] [*,shop,*]", "not here"],
    ["[*/*, shop, *] [Pod] [Pod,shop] [Pod,shop,*,*]", "refused"],
    ["[Deployment,shop,*] [Node/*,*,*] [Pod,shop,debug-*] [*/*,other,*]", "refused"],
  ])("of a Kyverno that filters %s", (resourceFilters, answer) => {
    const service = { name: "kyverno-svc", namespace: "guard" };
    const webhook = { ...engineWebhook("kyverno"), metadata: { name: "resource" }, webhooks: [{ name: "validate.kyverno.svc", clientConfig: { service } }] };
    const settings = (namespace: string) => configMap({ name: "settings", namespace, data: { resourceFilters } });
    expect(answerOf(webhook, settings("guard"), rules({}))).toBe(answer);
    expect(answerOf(webhook, settings("elsewhere"), rules({}))).toBe("refused");
  });

  test("of one namespace is for none other", () => {
    const inNamespace = (namespace: string) => ({ ...rules({}), kind: "Policy", metadata: { name: "p", namespace } });
    expect(answerOf(inNamespace("shop"))).toBe("refused");
    expect(answerOf(inNamespace("other"))).toBe("not here");
  });
});

const inCel = (spec: JsonRecord, status: JsonRecord = {}, kind = "ValidatingPolicy"): JsonRecord => ({
  apiVersion: "policies.kyverno.io/v1",
  kind,
  metadata: { name: "p", ...(kind.startsWith("Namespaced") && { namespace: "other" }) },
  spec: { matchConstraints: { resourceRules: [POD_RULE] }, ...spec },
  status,
});
const POD_RULE = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] };
const constrained = (constraints: JsonRecord) => inCel({ matchConstraints: { resourceRules: [POD_RULE], ...constraints } });

describe("a policy of Kyverno in CEL", () => {
  test.each<[string, JsonRecord, string]>([
    ["for pods", inCel({}), "refused"],
    ["for JSON", inCel({ evaluation: { mode: "JSON" } }), "it judges JSON, and no objects of a cluster"],
    ["that reports in two ways", inCel({ validationActions: ["Audit", "Warn"] }), "it only audits and warns"],
    ["that is not ready", inCel({}, { conditionStatus: { ready: false } }), "its status says that it is not ready"],
    ["that the API server judges by itself", inCel({}, { generated: true, conditionStatus: { ready: false } }), "refused"],
    ["under conditions", inCel({ matchConditions: [{ name: "a", expression: "has(object.a)" }] }), "conditions in CEL choose what it sees"],
    ["for whatever is made", inCel({ matchConditions: [{ name: "a", expression: "request.operation == 'CREATE'" }] }), "refused"],
    ["for what is new", inCel({ matchConditions: [{ name: "a", expression: "oldObject == null && object != null" }] }), "refused"],
    ["for what was there", inCel({ matchConditions: [{ name: "a", expression: "oldObject != null" }] }), "not here"],
    ["for pods, by a condition", inCel({ matchConditions: [{ name: "a", expression: "object.kind == 'Pod' && object.apiVersion == 'v1'" }] }), "refused"],
    ["for Services, by a condition", inCel({ matchConditions: [{ name: "a", expression: "object.kind == 'Service'" }] }), "not here"],
    ["for other namespaces", inCel({ matchConditions: [{ name: "a", expression: "object.metadata.namespace != 'shop'" }] }), "not here"],
    ["for this namespace", inCel({ matchConditions: [{ name: "a", expression: "namespaceObject.metadata.name == 'shop'" }] }), "refused"],
    [
      "for some of a namespace whose name fits a pattern",
      inCel({ matchConditions: [{ name: "a", expression: "request.namespace.matches('^s.op$') && object.a" }] }),
      "not here",
    ],
    [
      "for some of this namespace",
      inCel({ matchConditions: [{ name: "a", expression: "request.namespace == 'x' || object.a" }] }),
      "conditions in CEL choose what it sees",
    ],
    [
      "for what names no namespace",
      inCel({ matchConditions: [{ name: "a", expression: "has(object.metadata.namespace)" }] }),
      "conditions in CEL choose what it sees",
    ],
    ["for labels of objects", constrained({ objectSelector: { matchLabels: { a: "b" } } }), "labels on each object decide whether it is seen"],
    ["for labels of this namespace", constrained({ namespaceSelector: { matchLabels: { team: "a" } } }), "refused"],
    ["for labels of another namespace", constrained({ namespaceSelector: { matchLabels: { team: "b" } } }), "not here"],
    ["of another namespace", inCel({}, {}, "NamespacedValidatingPolicy"), "not here"],
    ["about images", inCel({}, {}, "ImageValidatingPolicy"), "looks at signatures"],
  ])("%s", (_, policy, answer) => {
    expect(answerOf(policy)).toBe(answer);
  });

  test("is sure of no pod where webhooks ask Kyverno about chosen ones only", () => {
    const chosen = (more: JsonRecord) => ({ ...engineWebhook("kyverno"), webhooks: [{ name: "a", rules: [POD_RULE], ...more }] });
    const doubtWith = (...webhooks: readonly JsonRecord[]) => createTestContext([inCel({}), ...webhooks]).view(admissionPoliciesView)[0]?.unsureBecause;
    const labelled = chosen({ objectSelector: { matchLabels: { a: "b" } } });
    expect(doubtWith(labelled)).toBe("Kyverno is asked about chosen objects only");
    expect(doubtWith(chosen({ matchConditions: [{ name: "a", expression: "has(object.a)" }] }))).toBe("Kyverno is asked about chosen objects only");
    const own = { clientConfig: { service: { name: "kyverno-svc", namespace: "kyverno" } } };
    const others = { matchConditions: [{ name: "a", expression: "!request.userInfo.username.startsWith('system:serviceaccount:kyverno:')" }] };
    expect(doubtWith(chosen({ ...own, ...others }))).toBeNull();
    expect(doubtWith(chosen(others))).toBe("Kyverno is asked about chosen objects only");
    expect(doubtWith(labelled, { ...chosen({}), metadata: { name: "kyverno-all" } })).toBeNull();
  });

  test("that the API server judges by itself needs no webhook", () => {
    const [policy] = createTestContext([inCel({}, { generated: true })]).view(admissionPoliciesView);
    expect([policy?.laxBecause, policy?.seesNamespace?.(SHOP)]).toEqual([null, true]);
  });
});

const native = (resourceRules: readonly JsonRecord[], constraints: JsonRecord = {}): JsonRecord => ({
  apiVersion: GROUP,
  kind: "ValidatingAdmissionPolicy",
  metadata: { name: "p" },
  spec: { matchConstraints: { resourceRules, ...constraints }, validations: [{ expression: "object.metadata.name != 'root'" }] },
});
const bound = (matchResources: JsonRecord = {}, name = "p"): JsonRecord => ({
  apiVersion: GROUP,
  kind: "ValidatingAdmissionPolicyBinding",
  metadata: { name },
  spec: { policyName: "p", validationActions: ["Deny"], matchResources },
});
const parted = (spec: JsonRecord): JsonRecord => {
  const policy = native([POD_RULE]);
  return { ...policy, spec: { ...record(policy.spec), paramKind: { apiVersion: "example.com/v1", kind: "Limits" }, ...spec } };
};
const UNREAD = "its bindings let everything through where their parameters are missing, and these are not read";
const EVERYTHING = { apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*"] };
const SERVICES = bound({ resourceRules: [{ ...POD_RULE, resources: ["services"] }] }, "services");

describe("a ValidatingAdmissionPolicy", () => {
  const asking = (expression: string): JsonRecord => {
    const policy = native([POD_RULE]);
    return { ...policy, spec: { ...record(policy.spec), matchConditions: [{ name: "when", expression }] } };
  };
  test.each<[string, readonly JsonRecord[], string]>([
    ["for pods", [native([POD_RULE]), bound()], "refused"],
    ["with a kind of parameters that the server may not have, which fails and is ignored", [parted({ failurePolicy: "Ignore" }), bound()], UNREAD],
    ["with such a kind, which fails and refuses by that", [parted({}), bound()], "refused"],
    ["under a condition of what no condition is shown", [asking("namespaceObject != null"), bound()], "conditions in CEL choose what it sees"],
    ["under a condition that always holds", [asking("request.operation == 'CREATE'"), bound()], "refused"],
    ["for what makes pods", [native([{ ...POD_RULE, apiGroups: ["apps"], resources: ["deployments"] }]), bound()], "sees no pods"],
    ["for what pods have below them, which is for pods too", [native([{ ...POD_RULE, resources: ["pods/*"] }]), bound()], "refused"],
    ["for what everything has below it", [native([{ ...POD_RULE, resources: ["*/status", "pods/exec"] }]), bound()], "sees no pods"],
    ["for one pod by its name", [native([{ ...POD_RULE, resourceNames: ["root"] }]), bound()], "sees no pods"],
    ["for what is in no namespace", [native([{ ...POD_RULE, scope: "Cluster" }]), bound()], "sees no pods"],
    ["for another version of the API", [native([{ ...POD_RULE, apiVersions: ["v2"] }]), bound()], "sees no pods"],
    ["that leaves all pods out", [native([POD_RULE], { excludeResourceRules: [EVERYTHING] }), bound()], "sees no pods"],
    ["whose binding leaves all pods out", [native([POD_RULE]), bound({ excludeResourceRules: [EVERYTHING] })], "sees no pods"],
    [
      "that leaves one pod out by its name",
      [native([POD_RULE], { excludeResourceRules: [{ ...EVERYTHING, resourceNames: ["debug"] }] }), bound()],
      "it leaves out what it names itself",
    ],
    ["that leaves Services out", [native([EVERYTHING], { excludeResourceRules: [{ ...POD_RULE, resources: ["services"] }] }), bound()], "refused"],
    ["that is bound for Services alone", [native([EVERYTHING]), SERVICES], "sees no pods"],
    [
      "that is bound for Services everywhere, and for pods elsewhere",
      [native([EVERYTHING]), SERVICES, bound({ namespaceSelector: { matchLabels: { team: "b" } } })],
      "not here",
    ],
    [
      "that is surely bound elsewhere, and for some pods here",
      [native([EVERYTHING]), bound({ namespaceSelector: { matchLabels: { team: "b" } } }), bound({ objectSelector: { matchLabels: { a: "b" } } }, "some")],
      "unless labels on each object decide whether it is seen, not here",
    ],
    ["that is bound for labels of this namespace", [native([POD_RULE]), bound({ namespaceSelector: { matchLabels: { team: "a" } } })], "refused"],
  ])("%s", (_, objects, answer) => {
    expect(answerOf(...objects)).toBe(answer);
  });
});

const constraint = (match: JsonRecord, status: JsonRecord = {}): JsonRecord => ({
  apiVersion: "constraints.gatekeeper.sh/v1beta1",
  kind: "K8sPSPPrivilegedContainer",
  metadata: { name: "p" },
  spec: { match },
  status,
});

describe("a constraint of Gatekeeper", () => {
  test.each<[string, JsonRecord, string]>([
    ["for everything", constraint({}), "refused"],
    ["for pods of another API", constraint({ kinds: [{ apiGroups: ["example.com"], kinds: ["Pod"] }] }), "sees no pods"],
    ["for Deployments", constraint({ kinds: [{ apiGroups: ["apps"], kinds: ["Deployment"] }] }), "sees no pods"],
    ["for what others generate", constraint({ source: "Generated" }), "sees no pods"],
    ["for another namespace", constraint({ namespaces: ["prod-*"] }), "not here"],
    ["for all but this namespace", constraint({ excludedNamespaces: ["sh*"] }), "not here"],
    ["for labels of this namespace", constraint({ namespaceSelector: { matchLabels: { team: "a" } } }), "refused"],
    ["for labels of objects", constraint({ labelSelector: { matchLabels: { a: "b" } } }), "labels or names choose what it sees"],
    [
      "that no Gatekeeper enforces",
      constraint({}, { byPod: [{ errors: [{ code: "ingest_error", message: "unknown field" }] }] }),
      "its status says that no Gatekeeper enforces it",
    ],
    ["that one of two Gatekeepers enforces", constraint({}, { byPod: [{ operations: ["audit"] }, { enforced: true }] }), "refused"],
  ])("%s", (_, object, answer) => {
    expect(answerOf(object)).toBe(answer);
  });

  test.each<[string, JsonRecord, string]>([
    ["this namespace at its webhook", { excludedNamespaces: ["sh*"], processes: ["webhook"] }, "not here"],
    ["this namespace everywhere", { excludedNamespaces: ["shop"], processes: ["*"] }, "not here"],
    ["this namespace in audits alone", { excludedNamespaces: ["shop"], processes: ["audit"] }, "refused"],
    ["another namespace", { excludedNamespaces: ["kube-*"], processes: ["*"] }, "refused"],
  ])("of a Gatekeeper that leaves out %s", (_, entry, answer) => {
    const metadata = { name: "config", namespace: "gatekeeper-system" };
    expect(answerOf(constraint({}), { apiVersion: "config.gatekeeper.sh/v1alpha1", kind: "Config", metadata, spec: { match: [entry] } })).toBe(answer);
  });

  const exempting = (kind: string, exempt: JsonRecord) => ({
    ...engineWebhook("gatekeeper"),
    kind,
    webhooks: [{ name: "validation.gatekeeper.sh", rules: [EVERYTHING], namespaceSelector: { matchExpressions: [exempt] } }],
  });
  test.each<[string, JsonRecord, string | boolean]>([
    ["a webhook that leaves the namespace out by a label", exempting("ValidatingWebhookConfiguration", { key: "team", operator: "DoesNotExist" }), false],
    ["a webhook that leaves another out", exempting("ValidatingWebhookConfiguration", { key: "team", operator: "NotIn", values: ["b"] }), true],
    [
      "a webhook for Deployments alone",
      {
        ...engineWebhook("gatekeeper"),
        webhooks: [{ name: "validation.gatekeeper.sh", rules: [{ ...POD_RULE, apiGroups: ["apps"], resources: ["deployments"] }] }],
      },
      false,
    ],
    [
      "a webhook that changes objects alone",
      exempting("MutatingWebhookConfiguration", { key: "team", operator: "Exists" }),
      "no webhook of Gatekeeper asks it",
    ],
  ])("by %s", (_, webhook, answer) => {
    const [policy] = createTestContext([webhook, constraint({})]).view(admissionPoliciesView);
    expect(policy?.laxBecause ?? policy?.seesNamespace?.(SHOP)).toBe(answer);
  });
});

test.each([
  ["polaris.fairwinds.com", "guard", "guard", "Polaris"],
  ["pods.polaris-catalog.example.com", "polaris-catalog", "polaris", undefined],
  ["webhook-server.datree.svc", "datree-webhook", "datree", "Datree"],
  ["pods.example.com", "catalog", "datree", undefined],
  ["k-rail.cruise-automation.github.com", "k-rail", "k-rail", "K-Rail"],
  ["pods.network-rail.example.com", "network-rail", "rails", undefined],
])("an engine whose policies are not shown is told by what is its own: %s", (name, service, namespace, engine) => {
  const webhooks = [{ name, clientConfig: { service: { name: service, namespace } }, rules: [POD_RULE] }];
  const configuration = { apiVersion: GROUP, kind: "ValidatingWebhookConfiguration", metadata: { name: service }, webhooks };
  const context = createTestContext([configuration]);
  expect(context.view(opaqueEngineView)(context.view(guardedNamespacesView).namespaces)?.engine).toBe(engine);
});
