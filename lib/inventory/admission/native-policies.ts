import { type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { type AdmissionPolicy, doubtOfScopes, excludesPods, isChoosing, meansPods } from "./admission-policy";
import { isRuleFor } from "./admission-rule";
import type { KubeObject } from "../kube-object";
import { isEmptySelector, matchesSelector } from "../labels/label-selector";
import type { Changed } from "./security-webhook";
import type { Context } from "../view";

/** What a policy says it matches, and what the binding makes of that. */
export type Scopes = readonly JsonRecord[];

/** Both are specs, of a ValidatingAdmissionPolicy and of its binding. */
export function scopesOf(policy: JsonRecord, binding: JsonRecord): Scopes {
  return [record(policy.matchConstraints), record(binding.matchResources)];
}

/** The bindings of a policy. */
export function bindingsOf(policy: KubeObject, objects: readonly KubeObject[]): readonly KubeObject[] {
  return objects.filter((item) => item.ref.kind === "ValidatingAdmissionPolicyBinding" && record(item.body.spec).policyName === policy.ref.name);
}

/** Whether a binding refuses what violates its policy: others only warn and audit. */
export function isDenying(binding: KubeObject): boolean {
  return texts(record(binding.body.spec).validationActions).includes("Deny");
}

/** Whether a policy sees the pods that are made by a binding: without rules of its own, a binding is for all that its policy is for. */
export function bindsPods([own = {}, bound = {}]: Scopes): boolean {
  const rules = records(bound.resourceRules);
  return meansPods(records(own.resourceRules)) && (rules.length === 0 || meansPods(rules)) && ![own, bound].some((scope) => excludesPods(scope));
}

/** Whether a policy sees every change of pods, or of what they have below them, by a binding: what it leaves out by a name is for whoever names a pod. */
export function bindsChanges([own = {}, bound = {}]: Scopes, resource: Changed): boolean {
  const rules = records(bound.resourceRules);
  const isMeant = (rule: JsonRecord): boolean => isRuleFor(rule, resource, "UPDATE");
  const isAlwaysMeant = (rule: JsonRecord): boolean => isMeant(rule) && list(rule.resourceNames).length === 0;
  const isLeftOut = [own, bound].some((scope) => records(scope.excludeResourceRules).some(isMeant));
  return !isLeftOut && records(own.resourceRules).some(isAlwaysMeant) && (rules.length === 0 || rules.some(isAlwaysMeant));
}

type ParameterContext = Context<"configMaps" | "policyEngineObjects">;

/** Where a binding has the parameters without which it lets everything through. */
type Places = ReadonlySet<string> | "everywhere" | "untold";

const NO_PARAMETERS = "the parameters that its bindings name do not exist, and without them nothing is refused";
const UNTOLD = "its bindings let everything through where their parameters are missing, and these are not read";

function isNowhere(places: Places): boolean {
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

/** A binding by which a policy refuses something. */
interface Bound {
  readonly binding: KubeObject;
  readonly scopes: Scopes;
  readonly places: Places;
  /** Why it may refuse nothing after all, as part of a sentence; null = nothing of that kind. */
  readonly doubt: string | null;
  /** Its selectors choose among namespaces. */
  readonly isChosen: boolean;
}

function toBound(policy: JsonRecord, binding: KubeObject, context: ParameterContext): Bound {
  const bound = record(binding.body.spec);
  const scopes = scopesOf(policy, bound);
  const places = placesOfParameters(policy, bound, context);
  const doubt = places === "untold" ? UNTOLD : doubtOfScopes(policy, scopes);
  return { binding, scopes, places, doubt, isChosen: scopes.some((scope) => isChoosing(scope.namespaceSelector)) };
}

/** Why a policy refuses nothing, and which field of which object says so (left out = its own); null = it refuses. */
interface Laxity {
  readonly because: string | null;
  readonly source?: KubeObject;
  readonly field: string | null;
}

function findLaxity(policy: JsonRecord, [any]: readonly KubeObject[], [strict]: readonly Bound[], denying: readonly Bound[]): Laxity {
  if (any === undefined) return { because: "no binding puts it into effect", field: null };
  if (strict === undefined) return { because: "its bindings only warn or audit", source: any, field: "validationActions" };
  if (isSilent(policy)) return { because: "it validates nothing", field: "validations" };
  if (denying.length === 0) return { because: NO_PARAMETERS, source: strict.binding, field: "paramRef" };
  return { because: null, field: "failurePolicy" };
}

const SPARES = {
  chosen: "only in namespaces that its selectors choose",
  parted: "only in namespaces that hold its parameters",
  both: "only in namespaces that its selectors choose or that hold its parameters",
} as const;

/** In which namespaces bindings refuse, and what cannot be told of that. */
function findReach(heard: readonly Bound[]): Pick<AdmissionPolicy, "unsureBecause" | "spares" | "seesNamespace" | "unsureElsewhere"> {
  // Bindings that may refuse nothing say nothing beside those that surely do.
  const sure = heard.filter(({ doubt }) => doubt === null);
  const meant = sure.length > 0 ? sure : heard;
  const beside = heard.find((item) => !meant.includes(item));
  const unsureBecause = sure.length > 0 ? null : (heard[0]?.doubt ?? null);
  if (!meant.every(({ isChosen, places }) => isChosen || places instanceof Set)) return { unsureBecause, spares: null };
  const isIn = ({ places }: Bound, name: string): boolean => !(places instanceof Set) || places.has(name);
  return {
    unsureBecause,
    spares: meant.every(({ isChosen }) => isChosen) ? SPARES.chosen : meant.some(({ isChosen }) => isChosen) ? SPARES.both : SPARES.parted,
    seesNamespace: ({ name, labels }) =>
      meant.some((item) => isIn(item, name) && item.scopes.every((scope) => matchesSelector(scope.namespaceSelector, labels))),
    ...(beside && { unsureElsewhere: beside.doubt }),
  };
}

/** A ValidatingAdmissionPolicy with the bindings that put it into effect. */
export function fromAdmissionPolicy(object: KubeObject, bindings: readonly KubeObject[], context: ParameterContext): AdmissionPolicy {
  const spec = record(object.body.spec);
  const own = bindingsOf(object, bindings);
  const strict = own.filter((item) => refusesAny(spec, item, context)).map((item) => toBound(spec, item, context));
  const denying = strict.filter(({ places }) => !isNowhere(places));
  const { because, source, field } = findLaxity(spec, own, strict, denying);
  // What bindings for other objects do says nothing of pods.
  const ofPods = denying.filter(({ scopes }) => bindsPods(scopes));
  const reach = because === null ? findReach(ofPods.length > 0 ? ofPods : denying) : { unsureBecause: null, spares: null };
  return {
    object,
    engine: "ValidatingAdmissionPolicy",
    ...(source && { source }),
    path: field === null ? "spec" : `spec.${field}`,
    value: field === null ? undefined : record((source ?? object).body.spec)[field],
    laxBecause: because,
    isUntold: because === null && denying.every(({ places }) => places === "untold"),
    ...reach,
    failsOpen: spec.failurePolicy === "Ignore",
    seesPods: denying.length === 0 ? bindsPods([record(spec.matchConstraints)]) : ofPods.length > 0,
  };
}
