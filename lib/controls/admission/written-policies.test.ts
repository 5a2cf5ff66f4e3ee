import { describe, expect, test } from "vitest";
import { admissionPoliciesView } from "../../inventory/admission/policy-enforcement";
import { engineWebhook } from "../../inventory/testing";
import { createTestContext } from "../../inventory/testing-context";
import type { JsonRecord } from "../../model/json";
import { gatekeeper } from "../testing-admission-policies";
import { scoped } from "../testing-pod-security-guards";
import { nativePolicy, NO_HOST_NAMESPACES } from "./testing-native-policies";
import { refusals } from "./testing-refusals";

const EXCLUDED = "params.spec.?match.?excludedNamespaces.orValue([])";
const LEFT_TO_SERVER = scoped("deny", "vap.k8s.io");

/** A policy that Gatekeeper wrote of a template, and its binding for a constraint. */
const written = (bound: JsonRecord = {}) =>
  nativePolicy(
    ["params.spec.?parameters.?allow.orValue(false) || !variables.shares"],
    {
      paramKind: { apiVersion: "constraints.gatekeeper.sh/v1beta1", kind: "K8sPSPPrivilegedContainer" },
      matchConditions: [{ name: "places", expression: `!${EXCLUDED}.exists(place, object.metadata.namespace.matches('^' + string(place) + '$'))` }],
      variables: [{ name: "shares", expression: `!(${NO_HOST_NAMESPACES})` }],
    },
    { paramRef: { name: "no-root", parameterNotFoundAction: "Allow" }, ...bound },
  );

const NAMESPACES = { hostNamespaces: true };

describe("a policy that Gatekeeper wrote refuses", () => {
  test.each<[what: string, constraint: JsonRecord, expected: object]>([
    ["what its constraint says", gatekeeper(LEFT_TO_SERVER), NAMESPACES],
    ["it outside of the namespaces that its constraint leaves out", gatekeeper({ match: { excludedNamespaces: ["kube-.*"] } }), NAMESPACES],
    ["nothing in a namespace that its constraint leaves out", gatekeeper({ match: { excludedNamespaces: ["shop"] } }), {}],
    ["nothing that the parameters of its constraint allow", gatekeeper({ parameters: { allow: true } }), {}],
    ["nothing by a constraint of another name", { ...gatekeeper(), metadata: { name: "other" } }, {}],
    ["nothing by a constraint of another kind", { ...gatekeeper(), kind: "K8sPSPHostNamespace" }, {}],
  ])("%s", (_, constraint, expected) => {
    expect(refusals([constraint, ...written()])).toEqual(expected);
  });
});

describe("a constraint that is left to the API server", () => {
  const answersOf = (...objects: readonly JsonRecord[]): readonly unknown[] =>
    createTestContext([engineWebhook("gatekeeper"), ...objects])
      .view(admissionPoliciesView)
      .map(({ engine, laxBecause }) => [engine, laxBecause]);

  test("is told by the policy that was written for it", () => {
    expect(answersOf(gatekeeper(LEFT_TO_SERVER), ...written())).toEqual([["ValidatingAdmissionPolicy", null]]);
  });

  test("refuses nothing without a binding that denies", () => {
    const warned = ["ValidatingAdmissionPolicy", "its bindings only warn or audit"];
    expect(answersOf(gatekeeper(LEFT_TO_SERVER))).toEqual([["Gatekeeper", "it only reports (scoped)"]]);
    expect(answersOf(gatekeeper(LEFT_TO_SERVER), ...written({ validationActions: ["Warn"] }))).toEqual([warned, ["Gatekeeper", "it only reports (scoped)"]]);
  });

  test("refuses by itself where Gatekeeper's webhook is to deny as well", () => {
    const both = [LEFT_TO_SERVER, scoped("deny", "validation.gatekeeper.sh")].flatMap(({ scopedEnforcementActions }) => scopedEnforcementActions);
    expect(answersOf(gatekeeper({ ...LEFT_TO_SERVER, scopedEnforcementActions: both }), ...written())).toEqual([
      ["ValidatingAdmissionPolicy", null],
      ["Gatekeeper", null],
    ]);
  });
});
