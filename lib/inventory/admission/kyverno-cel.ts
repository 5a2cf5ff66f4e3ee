import { record, records, texts } from "../../model/json";
import { doubtOfScopes, excludesPods, isChoosing, meansPods } from "./admission-policy";
import { isRuleFor, type Operation } from "./admission-rule";
import type { KubeObject } from "../kube-object";
import { allHold, allHoldIn, type Answer, expressionsOf, holdForCreationAlone } from "./match-condition";
import { whyNotReady } from "./kyverno-status";
import { matchesSelector } from "../labels/label-selector";
import type { PolicyNamespace } from "./policy-namespace";

/** One that is about images alone: where it names no resources, it looks at pods. */
export function isOfImages({ ref }: KubeObject): boolean {
  return ref.kind.endsWith("ImageValidatingPolicy");
}

/** One that judges objects by CEL as a policy of the API server does. */
export function isValidatingInCel({ ref }: KubeObject): boolean {
  return ref.kind === "ValidatingPolicy" || ref.kind === "NamespacedValidatingPolicy";
}

/** Why a policy of Kyverno in CEL refuses nothing; null = it denies. Without an action it does. */
export function laxInCel(object: KubeObject): string | null {
  const { validationActions, evaluation } = record(object.body.spec);
  const actions = texts(validationActions);
  const { admission, mode } = record(evaluation);
  if (actions.length > 0 && !actions.includes("Deny")) return `it only ${actions.map((action) => `${action.toLowerCase()}s`).join(" and ")}`;
  if (record(admission).enabled === false) return "it is not used at admission";
  return mode === "JSON" ? "it judges JSON, and no objects of a cluster" : whyNotReady(object);
}

/** Whether its rules mean pods that are made, or changed. */
export function meansPodsInCel(object: KubeObject, operation: Operation = "CREATE"): boolean {
  const constraints = record(record(object.body.spec).matchConstraints);
  const rules = records(constraints.resourceRules);
  return (rules.length === 0 ? isOfImages(object) : meansPods(rules, operation)) && !excludesPods(constraints, operation);
}

/** Whether it sees pods that are made, and not those that are changed. */
export function missesChangesInCel(object: KubeObject): boolean {
  const conditions = expressionsOf(record(object.body.spec).matchConditions);
  return meansPodsInCel(object) && (!meansPodsInCel(object, "UPDATE") || holdForCreationAlone(conditions));
}

/** Whether a policy is for the cluster, or for this namespace. */
export function isForNamespace({ ref }: KubeObject, { name }: Pick<PolicyNamespace, "name">): boolean {
  return ref.namespace === null || ref.namespace === name;
}

export function seesNamespaceInCel(object: KubeObject, namespace: PolicyNamespace): boolean {
  if (!isForNamespace(object, namespace)) return false;
  return matchesSelector(record(record(object.body.spec).matchConstraints).namespaceSelector, namespace.labels);
}

/** Whether its conditions hold for every pod that is made in a namespace, or for none; null = they hang on the pod, or cannot be told. */
export function conditionsHoldInCel({ body }: KubeObject, { name }: Pick<PolicyNamespace, "name">): Answer {
  return allHoldIn(expressionsOf(record(body.spec).matchConditions), name);
}

/** Whether it sees all changes of the new pods of a namespace that it sees; null = conditions or names decide. */
export function seesChangesInCel(object: KubeObject, { name }: Pick<PolicyNamespace, "name">): Answer {
  const { matchConstraints, matchConditions } = record(object.body.spec);
  const isLeftOut = records(record(matchConstraints).excludeResourceRules).some((rule) => isRuleFor(rule, "pods", "UPDATE"));
  return allHold([meansPodsInCel(object, "UPDATE"), isLeftOut ? null : true, allHoldIn(expressionsOf(matchConditions), name, "UPDATE")]);
}

/** Whether it sees every new pod of a namespace; false also where a label leads out of it, null = conditions decide. */
export function guardsPodsInCel(object: KubeObject, namespace: PolicyNamespace): boolean | null {
  const spec = record(object.body.spec);
  const constraints = record(spec.matchConstraints);
  if (!meansPodsInCel(object) || !seesNamespaceInCel(object, namespace) || isChoosing(constraints.objectSelector)) return false;
  const isMet = conditionsHoldInCel(object, namespace);
  return isMet !== true || doubtOfScopes({}, [constraints]) === null ? isMet : null;
}
