import { describe, expect, test } from "vitest";
import { admissionPoliciesView } from "../../inventory/admission/policy-enforcement";
import { toPolicyNamespace } from "../../inventory/admission/policy-namespace";
import { deployment, engineWebhook, namespace } from "../../inventory/testing";
import { createTestContext } from "../../inventory/testing-context";
import type { JsonRecord } from "../../model/json";
import { nodeGuardsView } from "./node-guards";
import { triedPoliciesView } from "./pod-guards";
import type { Refusal } from "./refusal";
import { registryLimitsView } from "./registry-limits";
import { refusals } from "./testing-refusals";

const ALL = "(variables.anyObject.spec.containers + variables.anyObject.spec.?initContainers.orValue([]))";
const NO_PRIVILEGED = `${ALL}.all(c, !c.?securityContext.?privileged.orValue(false))`;
const OF_REGISTRIES = `${ALL}.all(c, variables.params.registries.exists(registry, c.image.startsWith(registry)))`;
const UNLESS_ALLOWED = `(variables.params.?allow.orValue(false) || ${NO_PRIVILEGED})`;
const FAILING = `variables.params.lenient || ${NO_PRIVILEGED}`;
const POD = { apiGroups: [""], kinds: ["Pod"] };
const PRIVILEGED = { privileged: true };

const inCel = (source: JsonRecord) => ({ engine: "K8sNativeValidation", source });
const askingWith = (more: JsonRecord, ...expressions: readonly string[]) => inCel({ validations: expressions.map((expression) => ({ expression })), ...more });
const asking = (...expressions: readonly string[]) => askingWith({}, ...expressions);
const template = (...code: readonly JsonRecord[]) => ({
  apiVersion: "templates.gatekeeper.sh/v1",
  kind: "ConstraintTemplate",
  metadata: { name: "corpguard" },
  spec: { crd: { spec: { names: { kind: "CorpGuard" } } }, targets: [{ target: "admission.k8s.gatekeeper.sh", code }] },
});
const constraint = (spec: JsonRecord = {}) => ({
  apiVersion: "constraints.gatekeeper.sh/v1beta1",
  kind: "CorpGuard",
  metadata: { name: "guard" },
  spec: { match: { kinds: [POD] }, ...spec },
});
const asked = engineWebhook("gatekeeper");
const running = (...args: readonly string[]) =>
  deployment({ name: "gatekeeper", namespace: "gatekeeper-system", container: { image: "openpolicyagent/gatekeeper:v3.20.0", args } });

describe("a constraint of a template in CEL refuses", () => {
  test.each<[what: string, objects: readonly JsonRecord[], expected: Readonly<Record<string, Refusal>>]>([
    ["what its template says", [template(asking(NO_PRIVILEGED)), constraint(), asked], PRIVILEGED],
    [
      "what its template says by variables",
      [template(askingWith({ variables: [{ name: "good", expression: NO_PRIVILEGED }] }, "variables.good")), constraint(), asked],
      PRIVILEGED,
    ],
    ["nothing that its parameters allow", [template(asking(UNLESS_ALLOWED)), constraint({ parameters: { allow: true } }), asked], {}],
    ["what its parameters do not allow", [template(asking(UNLESS_ALLOWED)), constraint({ parameters: { allow: false } }), asked], PRIVILEGED],
    // Where it has none they are null.
    ["what it fails on without its parameters", [template(asking(FAILING)), constraint(), asked], PRIVILEGED],
    ["nothing that it fails on, where that is let through", [template(askingWith({ failurePolicy: "Ignore" }, FAILING)), constraint(), asked], {}],
    [
      "nothing that a condition of its template leaves out",
      [template(askingWith({ matchCondition: [{ name: "a", expression: "object.metadata.namespace != 'shop'" }] }, NO_PRIVILEGED)), constraint(), asked],
      {},
    ],
    ["nothing elsewhere", [template(asking(NO_PRIVILEGED)), constraint({ match: { kinds: [POD], namespaces: ["other"] } }), asked], {}],
    [
      "nothing of other kinds",
      [template(asking(NO_PRIVILEGED)), constraint({ match: { kinds: [{ apiGroups: ["apps"], kinds: ["Deployment"] }] } }), asked],
      {},
    ],
    ["nothing while it only reports", [template(asking(NO_PRIVILEGED)), constraint({ enforcementAction: "dryrun" }), asked], {}],
    ["nothing where Gatekeeper is not asked", [template(asking(NO_PRIVILEGED)), constraint()], {}],
    [
      "perhaps what labels choose",
      [template(asking(NO_PRIVILEGED)), constraint({ match: { kinds: [POD], labelSelector: { matchLabels: { a: "b" } } } }), asked],
      { privileged: "labels or names choose what it sees" },
    ],
    [
      "perhaps what it lets through by name",
      [
        template(asking(`variables.anyObject.metadata.name == variables.params.exempt || ${NO_PRIVILEGED}`)),
        constraint({ parameters: { exempt: "a" } }),
        asked,
      ],
      { privileged: "it also asks what whoever writes a pod can choose" },
    ],
    ["what Gatekeeper is not told to judge otherwise", [template(asking(NO_PRIVILEGED)), constraint(), asked, running("--log-level=INFO")], PRIVILEGED],
  ])("%s", (_, objects, expected) => {
    expect(refusals(objects)).toEqual(expected);
  });
});

const UNTOLD = "what its template refuses is not evaluated here";

describe("a constraint is told by the words of its template", () => {
  test.each<[why: string, objects: readonly JsonRecord[]]>([
    ["in another language too", [template(asking(NO_PRIVILEGED), { engine: "Rego", source: { rego: "privileged" } })]],
    [
      "in another language",
      [template({ engine: "Rego", source: { rego: "package a\nviolation[{}] { input.review.object.spec.containers[_].securityContext.privileged }" } })],
    ],
    ["that asks for its namespace, which older releases do not show it", [template(asking(`namespaceObject.metadata.name == 'a' || ${NO_PRIVILEGED}`))]],
    [
      "that asks for the constraint itself, which Gatekeeper fails on",
      [template(askingWith({ failurePolicy: "Ignore" }, `!has(params.spec.parameters) && ${NO_PRIVILEGED}`))],
    ],
    ["that Gatekeeper is told not to evaluate", [template(asking(NO_PRIVILEGED)), running("--enable-k8s-native-validation=false")]],
    ["whose failures it is told to let through", [template(asking(NO_PRIVILEGED)), running("--default-k8s-native-validation-failure-policy=Ignore")]],
  ])("%s", (_, objects) => {
    const context = createTestContext([...objects, constraint(), asked, namespace()]);
    expect(context.view(admissionPoliciesView).map((policy) => context.view(triedPoliciesView)(policy).unsureBecause)).toEqual([UNTOLD]);
  });
});

test("a constraint of a template in CEL keeps pods out that take over a node, and its registries are tried", () => {
  const use = deployment({ container: { image: "registry.corp/team/app:1.2.3" } });
  const objects = [
    template(asking(NO_PRIVILEGED, OF_REGISTRIES, "!has(object.spec.hostPath)")),
    constraint({ parameters: { registries: ["registry.corp/"] } }),
    asked,
    namespace(),
    use,
  ];
  const context = createTestContext(objects);
  const [policy] = context.slices.policyEngineObjects.filter(({ ref }) => ref.kind === "CorpGuard");
  if (!policy) throw new Error("no constraint");
  expect(context.view(registryLimitsView)(policy)).toMatchObject({ ofNew: true });
  expect(context.view(nodeGuardsView)(toPolicyNamespace("shop", {}))).toMatchObject({
    refuses: false,
    letsThrough: ["the host's namespaces", "files of the host"],
  });
});
