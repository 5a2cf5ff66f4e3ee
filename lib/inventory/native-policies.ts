import { type JsonRecord, list, record, records, text, texts } from "../model/json";
import { type AdmissionPolicy, seesPodMakers } from "./admission-policy";
import type { KubeObject } from "./kube-object";
import { matchesSelector } from "./label-selector";

/** What a policy says it matches, and what the binding makes of that. */
type Scopes = readonly JsonRecord[];

function isChoosing(selector: unknown): boolean {
  return Object.keys(record(record(selector).matchLabels)).length > 0 || list(record(selector).matchExpressions).length > 0;
}

/** Why a binding that denies may still refuse nothing. */
function doubtOf(policy: JsonRecord, scopes: Scopes): string | null {
  if (records(policy.matchConditions).some((item) => text(item.expression)?.trim() !== "true")) return "conditions in CEL choose what it sees";
  if (scopes.some((scope) => isChoosing(scope.objectSelector))) return "labels on each object decide whether it is seen";
  if (scopes.some((scope) => seesPodMakers(records(scope.excludeResourceRules)) && list(scope.excludeResourceRules).length > 0))
    return "it leaves out what it names itself";
  return null;
}

/** A ValidatingAdmissionPolicy with the bindings that put it into effect. */
export function fromAdmissionPolicy(object: KubeObject, bindings: readonly KubeObject[]): AdmissionPolicy {
  const spec = record(object.body.spec);
  const own = bindings.filter((item) => item.ref.kind === "ValidatingAdmissionPolicyBinding" && record(item.body.spec).policyName === object.ref.name);
  const denying = own.filter((item) => texts(record(item.body.spec).validationActions).includes("Deny"));
  const [binding] = own;
  const isSilent = Array.isArray(spec.validations) && spec.validations.length === 0;
  const lax = !binding ? "no binding puts it into effect" : denying.length === 0 ? "its bindings only warn or audit" : isSilent ? "it validates nothing" : null;
  const fault = denying.length === 0 && binding ? binding : null;
  const places = denying.map((item): Scopes => [record(spec.matchConstraints), record(record(item.body.spec).matchResources)]);
  const doubts = places.map((scopes) => doubtOf(spec, scopes));
  const isEverywhere = places.some((scopes) => !scopes.some((scope) => isChoosing(scope.namespaceSelector)));
  return {
    object,
    engine: "ValidatingAdmissionPolicy",
    ...(fault && { source: fault }),
    path: fault ? "spec.validationActions" : denying.length > 0 ? "spec.failurePolicy" : "spec",
    value: fault ? record(fault.body.spec).validationActions : denying.length > 0 ? spec.failurePolicy : undefined,
    laxBecause: lax,
    unsureBecause: lax === null && !doubts.includes(null) ? (doubts[0] ?? null) : null,
    spares: lax === null && !isEverywhere ? "only in namespaces that its selectors choose" : null,
    ...(lax === null &&
      !isEverywhere && { seesNamespace: (labels) => places.some((scopes) => scopes.every((scope) => matchesSelector(scope.namespaceSelector, labels))) }),
    failsOpen: spec.failurePolicy === "Ignore",
    seesPods: seesPodMakers(records(record(spec.matchConstraints).resourceRules)),
  };
}
