import { type JsonRecord, record, records, text, texts } from "../model/json";
import { type AdmissionPolicy, doubtOfScopes, excludesPods, isChoosing, meansPods } from "./admission-policy";
import type { KubeObject } from "./kube-object";
import { isEmptySelector, matchesSelector } from "./label-selector";
import type { Context } from "./view";

/** What a policy says it matches, and what the binding makes of that. */
type Scopes = readonly JsonRecord[];

/** Whether a policy sees new pods by a binding: without rules of its own, a binding is for all that its policy is for. */
function bindsPods([own = {}, bound = {}]: Scopes): boolean {
  const rules = records(bound.resourceRules);
  return meansPods(records(own.resourceRules)) && (rules.length === 0 || meansPods(rules)) && ![own, bound].some(excludesPods);
}

/** Whether a binding has the parameters without which it lets everything through; `some` = in some namespaces. */
type Parameters = "enough" | "some" | "none" | "untold";

const WITHOUT = {
  none: "the parameters that its bindings name do not exist, and without them nothing is refused",
  untold: "its bindings let everything through where their parameters are missing, and these are not read",
} as const;

/** Without its parameters a binding lets everything through where it says so, or where the policy ignores failures; else it refuses everything. */
function findParameters(policy: JsonRecord, binding: JsonRecord, { slices, isRead, isComplete }: Context<"configMaps">): Parameters {
  const kind = record(policy.paramKind);
  const ref = record(binding.paramRef);
  const isAllowed = ref.parameterNotFoundAction === "Allow";
  if (text(kind.kind) === undefined || Object.keys(ref).length === 0 || !(isAllowed || policy.failurePolicy === "Ignore")) return "enough";
  const isKnown = kind.kind === "ConfigMap" && kind.apiVersion === "v1" && isRead("configMaps") && isComplete;
  if (!isKnown) return "untold";
  const name = text(ref.name);
  const namespace = text(ref.namespace);
  const isThere = slices.configMaps.some(
    (item) =>
      (namespace === undefined || item.ref.namespace === namespace) &&
      (name !== undefined ? item.ref.name === name : isEmptySelector(ref.selector) || matchesSelector(ref.selector, item.labels)),
  );
  return isThere ? (namespace === undefined ? "some" : "enough") : "none";
}

const SPARES = {
  chosen: "only in namespaces that its selectors choose",
  parted: "only in namespaces that hold its parameters",
  both: "only in namespaces that its selectors choose or that hold its parameters",
} as const;

/** A ValidatingAdmissionPolicy with the bindings that put it into effect. */
export function fromAdmissionPolicy(object: KubeObject, bindings: readonly KubeObject[], context: Context<"configMaps">): AdmissionPolicy {
  const spec = record(object.body.spec);
  const own = bindings.filter((item) => item.ref.kind === "ValidatingAdmissionPolicyBinding" && record(item.body.spec).policyName === object.ref.name);
  const strict = own.filter((item) => texts(record(item.body.spec).validationActions).includes("Deny"));
  const parametersOf = new Map(strict.map((item) => [item, findParameters(spec, record(item.body.spec), context)]));
  const denying = strict.filter((item) => parametersOf.get(item) !== "none");
  const [binding] = strict.length > 0 ? strict : own;
  const isSilent = Array.isArray(spec.validations) && spec.validations.length === 0;
  const lax = !binding
    ? "no binding puts it into effect"
    : strict.length === 0
      ? "its bindings only warn or audit"
      : isSilent
        ? "it validates nothing"
        : denying.length === 0
          ? WITHOUT.none
          : null;
  const fault = denying.length === 0 && binding ? binding : null;
  const field = fault ? (strict.length > 0 ? "paramRef" : "validationActions") : denying.length > 0 ? "failurePolicy" : null;
  const scopesOf = (item: KubeObject): Scopes => [record(spec.matchConstraints), record(record(item.body.spec).matchResources)];
  const doubtOf = (item: KubeObject) => (parametersOf.get(item) === "untold" ? WITHOUT.untold : doubtOfScopes(spec, scopesOf(item)));
  // What bindings for other objects do says nothing of pods, nor do those that may refuse nothing beside those that surely do.
  const ofPods = denying.filter((item) => bindsPods(scopesOf(item)));
  const heard = ofPods.length > 0 ? ofPods : denying;
  const sure = heard.filter((item) => doubtOf(item) === null);
  const meant = sure.length > 0 ? sure : heard;
  const isChosen = (item: KubeObject): boolean => scopesOf(item).some((scope) => isChoosing(scope.namespaceSelector));
  const chosen = meant.every(isChosen);
  const isParted = meant.every((item) => isChosen(item) || parametersOf.get(item) === "some");
  return {
    object,
    engine: "ValidatingAdmissionPolicy",
    ...(fault && { source: fault }),
    path: field === null ? "spec" : `spec.${field}`,
    value: field === null ? undefined : record((fault ?? object).body.spec)[field],
    laxBecause: lax,
    isUntold: lax === null && denying.every((item) => parametersOf.get(item) === "untold"),
    unsureBecause: lax === null && sure.length === 0 && heard[0] ? doubtOf(heard[0]) : null,
    spares: lax !== null ? null : chosen ? SPARES.chosen : isParted ? (meant.some(isChosen) ? SPARES.both : SPARES.parted) : null,
    ...(lax === null &&
      chosen && {
        seesNamespace: ({ labels }) => meant.some((item) => scopesOf(item).every((scope) => matchesSelector(scope.namespaceSelector, labels))),
      }),
    failsOpen: spec.failurePolicy === "Ignore",
    seesPods: denying.length === 0 ? bindsPods([record(spec.matchConstraints)]) : ofPods.length > 0,
  };
}
