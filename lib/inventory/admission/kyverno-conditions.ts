import { isRecord, type JsonRecord, list, record, records, text } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import type { Operation } from "./admission-rule";
import { NAME_OF_TRIAL } from "./exemplary-requests";
import { celOfConditions, mayFail } from "./kyverno-denials";
import type { Cel } from "./kyverno-texts";
import { allHold, type Answer, anyHolds, choosesPods, expressionsOf, holdForCreationAlone, holdsIn } from "./match-condition";
import { guardsPods, seesChanges, seesPodsIn, sparesPods } from "./kyverno-match";
import type { PolicyNamespace } from "./policy-namespace";

/** With what stands for it where nothing is asked, or without. */
const ASKS_OPERATION = /^\s*\{\{\s*request\.operation\s*(?:\|\|[^{}|]*)?\}\}\s*$/;

function conditionsInCel(rule: JsonRecord, policy: JsonRecord): readonly string[] {
  return [rule.celPreconditions, record(policy.webhookConfiguration).matchConditions].flatMap(expressionsOf);
}

const ASKS_NAMESPACE = /^\s*\{\{\s*request\.(?:namespace|object\.metadata\.namespace)\s*\}\}\s*$/;
/** What one text is compared with: another, or a list. */
const OPERATORS = /^(?:(?:Not)?Equals?|(?:Any|All)?(?:Not)?In)$/;
/** A text that is neither a pattern nor a range of numbers, nor taken from elsewhere. */
const PLAIN = /^(?=.*[a-z])[a-z0-9-]+$/i;

/** Whether a condition that only asks what is done, or where, holds; null = any other condition, and where no namespace is given one that asks for it. */
function holdsFor(item: JsonRecord, operation: Operation, namespace: string | null): Answer {
  const [key = "", operator = "", only] = [item.key, item.operator, item.value].map(text);
  const asked = ASKS_OPERATION.test(key) ? operation : ASKS_NAMESPACE.test(key) ? namespace : null;
  const values = only !== undefined ? [only] : operator.endsWith("In") ? list(item.value) : [];
  if (asked === null || !OPERATORS.test(operator) || values.length === 0 || !values.every((value) => PLAIN.test(text(value) ?? ""))) return null;
  return values.includes(asked) !== operator.includes("Not");
}

/** The conditions of a rule, as groups: one of each must hold. */
const groupsOf = rememberedOf(({ preconditions }: JsonRecord): readonly (readonly JsonRecord[])[] => {
  const any = isRecord(preconditions) ? records(preconditions.any) : [];
  const all = isRecord(preconditions) ? records(preconditions.all) : records(preconditions);
  return [...all.map((item) => [item]), ...(any.length > 0 ? [any] : [])];
});

/**
 * Whether one of some conditions holds that hang on the pod alone, in CEL; null = they do not, or it is not put into CEL here. What is not there is nothing to
 * some releases of Kyverno, and fails the rule in others.
 */
const celOfGroup = rememberedOf((group: readonly JsonRecord[]): Cel => {
  const isOfPod = (item: JsonRecord): boolean => !("any" in item || "all" in item) && holdsFor(item, "CREATE", NAME_OF_TRIAL) === null && !mayFail(item, null);
  return group.every(isOfPod) ? celOfConditions({ any: group }, null, true) : null;
});

/** Whether what a rule asks is put into CEL, with the conditions that it asks it under. */
function isInCel({ validate }: JsonRecord): boolean {
  return isRecord(validate) && validate.podSecurity === undefined;
}

/** The conditions of a rule that can be tried on pods, in CEL. */
export function conditionsToTry(rule: JsonRecord, policy: JsonRecord): readonly { readonly expression: string }[] {
  if (!isInCel(rule)) return [];
  const expressions = [...groupsOf(rule).flatMap((group) => celOfGroup(group) ?? []), ...conditionsInCel(rule, policy).filter((item) => choosesPods(item))];
  return expressions.map((expression) => ({ expression }));
}

/** Whether a rule of a policy does not look at what is changed, in any namespace: it does not mean that, or conditions that must hold let it see what is made alone. */
export function missesChanges(rule: JsonRecord, policy: JsonRecord): boolean {
  const isForCreationAlone = (group: readonly JsonRecord[]): boolean => {
    const answerTo = (operation: Operation): Answer => anyHolds(group.map((item) => holdsFor(item, operation, null)));
    return answerTo("CREATE") !== false && answerTo("UPDATE") === false;
  };
  return !seesChanges(rule) || groupsOf(rule).some(isForCreationAlone) || holdForCreationAlone(conditionsInCel(rule, policy));
}

/** Conditions that are tried on pods may be left out. */
interface Asked {
  readonly which?: "all" | "untried";
  readonly operation?: Operation;
}

/** Whether the conditions of a rule hold for every pod that is made, or changed, in a namespace, or for none; null = they hang on the pod, or cannot be told. */
export function conditionsHold(rule: JsonRecord, policy: JsonRecord, { name }: Pick<PolicyNamespace, "name">, asked: Asked = {}): Answer {
  const { which = "all", operation = "CREATE" } = asked;
  const isTried = which === "untried" && isInCel(rule);
  return allHold([
    ...groupsOf(rule).map((group) => (isTried && celOfGroup(group) !== null ? true : anyHolds(group.map((item) => holdsFor(item, operation, name))))),
    ...conditionsInCel(rule, policy).map((expression) => (isTried && choosesPods(expression) ? true : holdsIn(expression, name, operation))),
  ]);
}

/** Whether a rule applies to the new pods of a namespace, or to their changes; null = to some, or it cannot be told. */
export function appliesIn(rule: JsonRecord, policy: JsonRecord, place: PolicyNamespace, operation: Operation = "CREATE"): Answer {
  return allHold([seesPodsIn(rule, place, operation), conditionsHold(rule, policy, place, { operation })]);
}

/** Whether a rule of a policy is asked about the new pods of a namespace, or their changes: one that has one rule apply stops at the first that does. */
function isReached(rule: JsonRecord, policy: JsonRecord, place: PolicyNamespace, operation: Operation): Answer {
  if (policy.applyRules !== "One") return true;
  const validating = records(policy.rules).filter(({ validate }) => isRecord(validate));
  const before = validating.slice(0, Math.max(validating.indexOf(rule), 0));
  const applies = anyHolds(before.map((item) => appliesIn(item, policy, place, operation)));
  return applies === null ? null : !applies;
}

/**
 * Whether a rule is asked about every new pod of a namespace, or every change of one, that its conditions, where they are tried, let it see, and its author has
 * no way out of it; null = about some, or it cannot be told.
 */
export function appliesToAll(rule: JsonRecord, policy: JsonRecord, place: PolicyNamespace, operation: Operation = "CREATE"): Answer {
  const isMet = conditionsHold(rule, policy, place, { which: "untried", operation });
  const applies = allHold([seesPodsIn(rule, place, operation), isMet, isReached(rule, policy, place, operation)]);
  return applies === true && sparesPods(rule, place, operation) ? null : applies;
}

/** Whether a rule that verifies images looks at every change of the pods of a namespace; null = at some, or it cannot be told. */
export function guardsChanges(rule: JsonRecord, policy: JsonRecord, place: PolicyNamespace): Answer {
  return allHold([guardsPods(rule, place, "UPDATE"), conditionsHold(rule, policy, place, { operation: "UPDATE" })]);
}

/** Whether any condition of a rule hangs on the pod or its author: that it holds in some namespaces alone is no such thing. */
export function choosesByConditions(rule: JsonRecord, policy: JsonRecord): boolean {
  const written = groupsOf(rule).flat();
  return (
    written.some((item) => holdsFor(item, "CREATE", NAME_OF_TRIAL) === null) || conditionsInCel(rule, policy).some((expression) => choosesPods(expression))
  );
}

/** What does not get an answer from Kyverno is let through. Newer releases read the field of the webhook before that of the policy. */
export function failsOpen(policy: JsonRecord): boolean {
  return (record(policy.webhookConfiguration).failurePolicy ?? policy.failurePolicy) === "Ignore";
}
