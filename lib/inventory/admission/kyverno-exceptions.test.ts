import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../model/json";
import { buildInventory } from "../build-inventory";
import { createContext } from "../context";
import { DEFAULT_SETTINGS } from "../inventory";
import { type Exemption, kyvernoExemptionsView, type PolicyQuestion } from "./kyverno-exceptions";
import { deployment } from "../testing";

const SHOP = { name: "shop", labels: { team: "a" } };
const POD_RULE = [{ name: "r", kinds: ["Pod"] }];

const running = (...args: readonly string[]) => deployment({ name: "kyverno", namespace: "kyverno", container: { image: "kyverno/kyverno:v1", args } });
const policy = (apiVersion: string, kind: string): JsonRecord => ({ apiVersion, kind, metadata: { name: "p", namespace: "shop" } });
const legacy = (name: string, match: JsonRecord, spec: JsonRecord = {}): JsonRecord => ({
  apiVersion: "kyverno.io/v2",
  kind: "PolicyException",
  metadata: { name, namespace: "exceptions" },
  spec: { exceptions: [{ policyName: "p", ruleNames: ["*"] }], match, ...spec },
});
const inCel = (name: string, spec: JsonRecord = {}): JsonRecord => ({
  apiVersion: "policies.kyverno.io/v1beta1",
  kind: "PolicyException",
  metadata: { name, namespace: "exceptions" },
  spec: { policyRefs: [{ kind: "ValidatingPolicy", name: "p" }], ...spec },
});

type Ask = (question?: Partial<PolicyQuestion>) => Exemption | null;

function asking(objects: readonly JsonRecord[], of: JsonRecord = policy("kyverno.io/v1", "ClusterPolicy")): Ask {
  const options = { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  const context = createContext(buildInventory([of, ...objects], options));
  const object = context.slices.policyEngineObjects.find(({ ref }) => ref.name === "p");
  return (question = {}) => (object ? context.view(kyvernoExemptionsView)({ policy: object, rules: POD_RULE, place: SHOP, ...question }) : null);
}

function ask(
  objects: readonly JsonRecord[],
  question: Partial<PolicyQuestion> = {},
  of: JsonRecord = policy("kyverno.io/v1", "ClusterPolicy"),
): Exemption | null {
  return asking(objects, of)(question);
}

const brief = (found: Exemption | null) => found && [found.exception.name, found.extent, found.isInForce];
const pods = (resources: JsonRecord = {}, item: JsonRecord = {}) => ({ any: [{ resources: { kinds: ["Pod"], ...resources }, ...item }] });
const ON = running("--enablePolicyException=true");

describe("an exception of Kyverno", () => {
  it.each<[string, JsonRecord, ReturnType<typeof brief>]>([
    ["for every pod", pods(), ["x", "all", true]],
    ["whose kinds are wildcards", pods({ kinds: ["*/Po?"] }), ["x", "all", true]],
    ["for another kind", pods({ kinds: ["apps/v1/Deployment"] }), null],
    ["for a subresource", pods({ kinds: ["Pod/exec"] }), null],
    ["of no kind, in the namespace", { any: [{ resources: { namespaces: ["sh?p"] } }] }, ["x", "all", true]],
    ["for another namespace", pods({ namespaces: ["other"] }), null],
    ["for labels of the namespace", pods({ namespaceSelector: { matchLabels: { team: "a" } } }), ["x", "all", true]],
    ["for labels of another namespace", pods({ namespaceSelector: { matchLabels: { team: "b" } } }), null],
    ["for names", pods({ names: ["a-*"] }), ["x", "some", true]],
    ["for every name", pods({ names: ["a", "*"] }), ["x", "all", true]],
    ["for one name", pods({ name: "a" }), ["x", "some", true]],
    ["for labels", pods({ selector: { matchLabels: { a: "b" } } }), ["x", "some", true]],
    ["for whatever labels", pods({ selector: {} }), ["x", "all", true]],
    ["for annotations", pods({ annotations: { a: "b" } }), ["x", "some", true]],
    ["for updates", pods({ operations: ["UPDATE"] }), ["x", "some", true]],
    ["for what is created", pods({ operations: ["CREATE"] }), ["x", "all", true]],
    ["for people", pods({}, { subjects: [{ kind: "User", name: "a" }] }), ["x", "some", true]],
    ["of several parts, one of which is enough", { any: [{ resources: { namespaces: ["other"] } }, { resources: { kinds: ["*"] } }] }, ["x", "all", true]],
    ["of several parts that must all hold", { all: [{ resources: { kinds: ["Pod"] } }, { resources: { names: ["a"] } }] }, ["x", "some", true]],
    ["of several parts, one of which does not hold", { all: [{ resources: { kinds: ["Pod"] } }, { resources: { namespaces: ["other"] } }] }, null],
    ["whose any comes before its all", { any: [{ resources: { namespaces: ["other"] } }], all: [{ resources: { kinds: ["Pod"] } }] }, null],
    ["that matches nothing", {}, null],
  ])("%s", (_, match, expected) => {
    expect(brief(ask([ON, legacy("x", match)]))).toEqual(expected);
  });

  it("takes a whole cluster's policy out of force only where it is for every namespace", () => {
    const anywhere = (match: JsonRecord) => brief(ask([ON, legacy("x", match)], { place: null }));
    expect(anywhere(pods())).toEqual(["x", "all", true]);
    expect(anywhere(pods({ namespaces: ["shop", "?*"] }))).toEqual(["x", "all", true]);
    expect(anywhere(pods({ namespaces: ["shop"] }))).toEqual(["x", "some", true]);
    expect(anywhere(pods({ namespaceSelector: { matchLabels: { team: "a" } } }))).toEqual(["x", "some", true]);
    expect(brief(ask([ON, legacy("x", pods({ namespaceSelector: { matchLabels: { team: "a" } } }))], { place: { name: "shop", labels: null } }))?.[1]).toBe(
      "some",
    );
  });

  it("leaves a policy in force as long as one of its rules is", () => {
    const rules = [...POD_RULE, { name: "other", kinds: ["Pod"] }];
    const named = (...ruleNames: readonly string[]) => legacy("x", pods(), { exceptions: [{ policyName: "p", ruleNames }] });
    expect(ask([ON, named("r")], { rules })).toBeNull();
    expect(brief(ask([ON, named("r", "o*")], { rules }))).toEqual(["x", "all", true]);
    expect(brief(ask([ON, named("r"), legacy("y", pods({ names: ["a"] }), { exceptions: [{ policyName: "p", ruleNames: ["other"] }] })], { rules }))).toEqual([
      "y",
      "some",
      true,
    ]);
  });

  it("is for all of a rule's kinds, or for some of them", () => {
    const rules = [{ name: "r", kinds: ["Pod", "Deployment"] }];
    expect(brief(ask([ON, legacy("x", pods())], { rules }))?.[1]).toBe("some");
    expect(brief(ask([ON, legacy("x", pods({ kinds: ["Deployment", "Pod"] }))], { rules }))?.[1]).toBe("all");
    expect(brief(ask([ON, legacy("x", pods())], { rules: [{ name: "r", kinds: ["*"] }] }))?.[1]).toBe("some");
  });

  it("of one namespace's policy says its namespace", () => {
    const own = policy("kyverno.io/v1", "Policy");
    expect(ask([ON, legacy("x", pods())], {}, own)).toBeNull();
    expect(brief(ask([ON, legacy("x", pods(), { exceptions: [{ policyName: "shop/p", ruleNames: ["r"] }] })], {}, own))?.[1]).toBe("all");
  });

  it("answers each question by itself, however many are asked", () => {
    const selects = pods({ namespaceSelector: { matchLabels: { team: "a" } } });
    const question = asking([ON, legacy("x", selects)]);
    expect(question()?.extent).toBe("all");
    expect(question({ place: { name: "shop", labels: null } })?.extent).toBe("some");
    expect(question({ rules: [{ name: "r", kinds: ["Pod", "Deployment"] }] })?.extent).toBe("some");
    expect(question({ place: { name: "other", labels: {} } })).toBeNull();
    expect(question({ place: null })?.extent).toBe("some");
    expect(question()?.extent).toBe("all");
  });

  it("counts the worst of several", () => {
    const several = [legacy("few", pods({ names: ["a"] })), legacy("whole", pods()), legacy("other", pods({ names: ["b"] }))];
    expect(brief(ask([ON, ...several]))).toEqual(["whole", "all", true]);
  });

  it.each<[string, readonly string[] | null, boolean | null]>([
    ["is heeded", ["--enablePolicyException"], true],
    ["is heeded from everywhere", ["--enablePolicyException=true", "--exceptionNamespace=*"], true],
    ["is heeded from its namespace", ["--enablePolicyException=true", "--exceptionNamespace=exceptions"], true],
    ["is not heeded from its namespace", ["--enablePolicyException=true", "--exceptionNamespace=kyverno"], false],
    ["is not heeded", ["--enablePolicyException=false"], false],
    ["is perhaps heeded where the switch has its default", ["--v=2"], null],
    ["is perhaps heeded where nobody sees Kyverno", null, null],
  ])("%s", (_, args, expected) => {
    const found = ask([...(args ? [running(...args)] : []), legacy("x", pods())]);
    expect(found === null ? false : found.isInForce).toBe(expected);
  });

  it("is perhaps heeded where two Kyvernos differ, or one hides its arguments in a script", () => {
    const other = deployment({ name: "b", namespace: "kyverno", container: { image: "kyverno/kyverno:v1", args: ["--enablePolicyException=false"] } });
    const script = deployment({ name: "b", container: { image: "kyverno/kyverno:v1", command: ["sh", "-c"], args: ["--enablePolicyException=true"] } });
    expect(ask([ON, other, legacy("x", pods())])?.isInForce).toBeNull();
    expect(ask([script, legacy("x", pods())])?.isInForce).toBeNull();
  });
});

describe("an exception in CEL", () => {
  const of = policy("policies.kyverno.io/v1", "ValidatingPolicy");
  it.each<[string, JsonRecord, ReturnType<typeof brief>]>([
    ["from all of a policy", {}, ["x", "all", true]],
    ["from another policy", { policyRefs: [{ kind: "ValidatingPolicy", name: "q" }] }, null],
    ["from another kind of policy", { policyRefs: [{ kind: "ImageValidatingPolicy", name: "p" }] }, null],
    ["for chosen objects", { matchConditions: [{ name: "a", expression: "object.x" }] }, ["x", "some", true]],
    ["for whatever is true", { matchConditions: [{ name: "a", expression: "true" }] }, ["x", "all", true]],
    ["for some values", { allowedValues: ["a"] }, ["x", "some", true]],
    ["for some images", { images: ["a"] }, ["x", "some", true]],
    ["that has run out", { expiresAt: "2026-11-25T00:00:00Z" }, null],
    ["that will run out", { expiresAt: "2026-11-26T00:00:00Z" }, ["x", "all", true]],
  ])("%s", (_, spec, expected) => {
    expect(brief(ask([ON, inCel("x", spec)], {}, of))).toEqual(expected);
  });

  it("says of conditions that they are not evaluated", () => {
    const because = (spec: JsonRecord) => ask([ON, inCel("x", spec)], {}, of)?.because.replace(/^\S+ \S+ /, "");
    expect(because({ matchConditions: [{ name: "a", expression: "object.x" }] })).toBe(
      "takes what its conditions in CEL match, which are not evaluated, out of it",
    );
    expect(because({ images: ["a"] })).toBe("takes some of them out of it");
  });

  it("is perhaps heeded from any namespace, since older releases did not look", () => {
    expect(ask([running("--enablePolicyException", "--exceptionNamespace=kyverno"), inCel("x")], {}, of)?.isInForce).toBeNull();
  });

  it("is another object than one of the older kind and the same name", () => {
    expect(brief(ask([ON, legacy("x", pods()), inCel("x")], {}, of))).toEqual(["x", "all", true]);
    expect(brief(ask([ON, inCel("x"), legacy("x", pods())]))).toEqual(["x", "all", true]);
    expect(ask([ON, legacy("x", pods(), { policyRefs: [{ kind: "ValidatingPolicy", name: "p" }] })], {}, of)).toBeNull();
    expect(ask([ON, inCel("x", { exceptions: [{ policyName: "p", ruleNames: ["*"] }], match: pods() })])).toBeNull();
  });
});

it("survives shapes that no API server would take", () => {
  const odd = [legacy("x", { any: "x" }), legacy("y", { all: [7] }, { exceptions: 3, conditions: "x" }), inCel("z", { policyRefs: "x", expiresAt: 7 })];
  expect(() => [ask([ON, ...odd]), ask([ON, ...odd], {}, policy("policies.kyverno.io/v1", "ValidatingPolicy"))]).not.toThrow();
});
