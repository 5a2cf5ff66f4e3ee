import { type JsonRecord, record, records, text, texts } from "../../model/json";
import { type AdmissionPolicy, doubtOfScopes, excludesPods, isChoosing, meansPods } from "./admission-policy";
import { isRuleFor, type Operation } from "./admission-rule";
import type { KubeObject } from "../kube-object";
import { isEmptySelector, matchesSelector } from "../labels/label-selector";
import type { Context } from "../view";

/** What a policy says it matches, and what the binding makes of that. */
export type Scopes = readonly JsonRecord[];

export function scopesOf(policy: JsonRecord, binding: JsonRecord): Scopes {
  return [record(policy.matchConstraints), record(binding.matchResources)];
}

/** The bindings of a policy. */
export function bindingsOf(policy: KubeObject, objects: readonly KubeObject[]): readonly KubeObject[] {
  return objects.filter((item) => item.ref.kind === "ValidatingAdmissionPolicyBinding" && record(item.body.spec).policyName === policy.ref.name);
}

export function isDenying(binding: KubeObject): boolean {
  return texts(record(binding.body.spec).validationActions).includes("Deny");
}

/** Whether a policy sees the pods that are made, or changed, by a binding: without rules of its own, a binding is for all that its policy is for. */
export function bindsPods([own = {}, bound = {}]: Scopes, operation: Operation = "CREATE"): boolean {
  const rules = records(bound.resourceRules);
  return (
    meansPods(records(own.resourceRules), operation) &&
    (rules.length === 0 || meansPods(rules, operation)) &&
    ![own, bound].some((scope) => excludesPods(scope, operation))
  );
}

/** Whether a policy sees containers that are added to running pods by a binding. */
export function bindsAdded([own = {}, bound = {}]: Scopes): boolean {
  const rules = records(bound.resourceRules);
  const isMeant = (rule: JsonRecord): boolean => isRuleFor(rule, "pods/ephemeralcontainers", "UPDATE");
  return records(own.resourceRules).some(isMeant) && (rules.length === 0 || rules.some(isMeant));
}

type ParameterContext = Context<"configMaps" | "policyEngineObjects">;

/** Where a binding has the parameters without which it lets everything through. */
type Places = ReadonlySet<string> | "everywhere" | "untold";

const NO_PARAMETERS = "the parameters that its bindings name do not exist, and without them nothing is refused";
const UNTOLD = "its bindings let everything through where their parameters are missing, and these are not read";

function isNowhere(places: Places | undefined): boolean {
  return places instanceof Set && places.size === 0;
}

/** Policies that Gatekeeper has written of its templates take its constraints as parameters, which are in no namespace. */
export function takesConstraints(policy: JsonRecord): boolean {
  return text(record(policy.paramKind).apiVersion)?.startsWith("constraints.gatekeeper.sh/") === true;
}

/** All objects of the kind that the parameters of a policy are of; null = they are not read. */
function listParameters(policy: JsonRecord, { slices, isRead, isComplete }: ParameterContext): readonly KubeObject[] | null {
  const { apiVersion, kind } = record(policy.paramKind);
  if (!isComplete) return null;
  if (takesConstraints(policy)) return isRead("policyEngineObjects") ? slices.policyEngineObjects.filter(({ ref }) => ref.kind === kind) : null;
  return kind === "ConfigMap" && apiVersion === "v1" && isRead("configMaps") ? slices.configMaps : null;
}

/**
 * The objects that a binding takes as the parameters of its policy, in all namespaces; null = it takes none, "untold" = they were not read. Where it names
 * no namespace, only those of an object's own count.
 */
export function findParameters(policy: JsonRecord, binding: JsonRecord, context: ParameterContext): readonly KubeObject[] | "untold" | null {
  const kind = record(policy.paramKind);
  const ref = record(binding.paramRef);
  if (text(kind.kind) === undefined) return null;
  // A kind that the server does not have fails the whole policy, also by bindings that take none of it; what it refuses then, it refuses by that.
  if (Object.keys(ref).length === 0) return kind.apiVersion === "v1" || policy.failurePolicy !== "Ignore" ? null : "untold";
  const all = listParameters(policy, context);
  if (all === null) return "untold";
  const name = text(ref.name);
  const namespace = text(ref.namespace);
  return all.filter(
    (item) =>
      (namespace === undefined || item.ref.namespace === namespace) &&
      (name !== undefined ? item.ref.name === name : isEmptySelector(ref.selector) || matchesSelector(ref.selector, item.labels)),
  );
}

/**
 * Whether a binding lets everything through where its parameters are missing: it says so, or the policy ignores failures. Else it refuses everything there,
 * whatever its actions are.
 */
export function needsParameters(policy: JsonRecord, binding: JsonRecord): boolean {
  return record(binding.paramRef).parameterNotFoundAction === "Allow" || policy.failurePolicy === "Ignore";
}

/** Whether a binding refuses anything: it denies, or it has no parameters anywhere, and cannot do without. */
function refusesAny(policy: JsonRecord, binding: KubeObject, context: ParameterContext): boolean {
  const bound = record(binding.body.spec);
  return isDenying(binding) || (!needsParameters(policy, bound) && findParameters(policy, bound, context)?.length === 0);
}

/** Whether a binding has the same parameters for all namespaces, or none: those that are in one, and that it names none for, are those of each object's own. */
export function hasSameEverywhere(policy: JsonRecord, { paramRef }: JsonRecord): boolean {
  return paramRef === undefined || text(record(paramRef).namespace) !== undefined || takesConstraints(policy);
}

function placesOfParameters(policy: JsonRecord, binding: JsonRecord, context: ParameterContext): Places {
  if (!needsParameters(policy, binding)) return "everywhere";
  const found = findParameters(policy, binding, context);
  if (found === null) return "everywhere";
  if (found === "untold") return "untold";
  return hasSameEverywhere(policy, binding) && found.length > 0 ? "everywhere" : new Set(found.map((item) => item.ref.namespace ?? ""));
}

/** Whether a policy can say no at all: some only write annotations down, and what is always true refuses nothing. */
function isSilent({ validations }: JsonRecord): boolean {
  return records(validations).every(({ expression }) => text(expression)?.trim() === "true");
}

const SPARES = {
  chosen: "only in namespaces that its selectors choose",
  parted: "only in namespaces that hold its parameters",
  both: "only in namespaces that its selectors choose or that hold its parameters",
} as const;

/** A ValidatingAdmissionPolicy with the bindings that put it into effect. */
export function fromAdmissionPolicy(object: KubeObject, bindings: readonly KubeObject[], context: ParameterContext): AdmissionPolicy {
  const spec = record(object.body.spec);
  const own = bindingsOf(object, bindings);
  const strict = own.filter((item) => refusesAny(spec, item, context));
  const placesOf = new Map(strict.map((item) => [item, placesOfParameters(spec, record(item.body.spec), context)]));
  const denying = strict.filter((item) => !isNowhere(placesOf.get(item)));
  const [binding] = strict.length > 0 ? strict : own;
  const isIdle = isSilent(spec);
  const lax = !binding
    ? "no binding puts it into effect"
    : strict.length === 0
      ? "its bindings only warn or audit"
      : isIdle
        ? "it validates nothing"
        : denying.length === 0
          ? NO_PARAMETERS
          : null;
  const fault = denying.length === 0 && binding ? binding : null;
  const field = fault ? (strict.length > 0 ? "paramRef" : "validationActions") : denying.length === 0 ? null : isIdle ? "validations" : "failurePolicy";
  const scopesIn = (item: KubeObject): Scopes => scopesOf(spec, record(item.body.spec));
  const doubtOf = (item: KubeObject) => (placesOf.get(item) === "untold" ? UNTOLD : doubtOfScopes(spec, scopesIn(item)));
  // What bindings for other objects do says nothing of pods, nor do those that may refuse nothing beside those that surely do.
  const ofPods = denying.filter((item) => bindsPods(scopesIn(item)));
  const heard = ofPods.length > 0 ? ofPods : denying;
  const sure = heard.filter((item) => doubtOf(item) === null);
  const meant = sure.length > 0 ? sure : heard;
  const beside = heard.find((item) => !meant.includes(item));
  const isChosen = (item: KubeObject): boolean => scopesIn(item).some((scope) => isChoosing(scope.namespaceSelector));
  const chosen = meant.every(isChosen);
  const isIn = (item: KubeObject, name: string): boolean => {
    const places = placesOf.get(item);
    return !(places instanceof Set) || places.has(name);
  };
  const isParted = meant.every((item) => isChosen(item) || placesOf.get(item) instanceof Set);
  return {
    object,
    engine: "ValidatingAdmissionPolicy",
    ...(fault && { source: fault }),
    path: field === null ? "spec" : `spec.${field}`,
    value: field === null ? undefined : record((fault ?? object).body.spec)[field],
    laxBecause: lax,
    isUntold: lax === null && denying.every((item) => placesOf.get(item) === "untold"),
    unsureBecause: lax === null && sure.length === 0 && heard[0] ? doubtOf(heard[0]) : null,
    spares: lax !== null ? null : chosen ? SPARES.chosen : isParted ? (meant.some(isChosen) ? SPARES.both : SPARES.parted) : null,
    ...(lax === null &&
      isParted && {
        seesNamespace: ({ name, labels }) =>
          meant.some((item) => isIn(item, name) && scopesIn(item).every((scope) => matchesSelector(scope.namespaceSelector, labels))),
        ...(beside && { unsureElsewhere: doubtOf(beside) }),
      }),
    failsOpen: spec.failurePolicy === "Ignore",
    seesPods: denying.length === 0 ? bindsPods([record(spec.matchConstraints)]) : ofPods.length > 0,
  };
}
