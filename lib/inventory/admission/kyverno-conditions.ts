import { isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import type { Operation } from "./admission-rule";
import { NAME_OF_TRIAL } from "./exemplary-requests";
import { allHold, type Answer, choosesPods, expressionsOf, holdForCreationAlone, holdsIn } from "./match-condition";
import { seesChanges } from "./kyverno-match";
import type { PolicyNamespace } from "./policy-namespace";

const ASKS_OPERATION = /^\s*\{\{\s*request\.operation\b[^{}]*\}\}\s*$/;

/** Whether a condition that only asks what is done to an object holds for that; false also of any other condition. */
function holdsFor({ key, operator, value }: JsonRecord, operation: Operation): boolean {
  if (!ASKS_OPERATION.test(text(key) ?? "")) return false;
  const isNamed = [text(value), ...texts(value)].includes(operation);
  return /Not/.test(text(operator) ?? "") ? !isNamed : isNamed;
}

function conditionsInCel(rule: JsonRecord, policy: JsonRecord): readonly string[] {
  return [rule.celPreconditions, record(policy.webhookConfiguration).matchConditions].flatMap(expressionsOf);
}

/** Whether a rule of a policy does not look at what is changed: it does not mean that, or conditions that must all hold let it see what is made alone. */
export function missesChanges(rule: JsonRecord, policy: JsonRecord): boolean {
  const { preconditions } = rule;
  const needed = isRecord(preconditions) ? records(preconditions.all) : records(preconditions);
  return (
    !seesChanges(rule) || needed.some((item) => holdsFor(item, "CREATE") && !holdsFor(item, "UPDATE")) || holdForCreationAlone(conditionsInCel(rule, policy))
  );
}

const ASKS_NAMESPACE = /^\s*\{\{\s*request\.(?:namespace|object\.metadata\.namespace)\s*\}\}\s*$/;
/** What one text is compared with: another, or a list. */
const OPERATORS = /^(?:(?:Not)?Equals?|(?:Any|All)?(?:Not)?In)$/;
/** A text that is neither a pattern nor a range of numbers, nor taken from elsewhere. */
const PLAIN = /^(?=.*[a-z])[a-z0-9-]+$/i;

/** Whether a condition that only asks what is done, or where, holds for a pod that is made in a namespace; null = any other condition. */
function holdsWhere(item: JsonRecord, namespace: string): Answer {
  const [key = "", operator = "", only] = [item.key, item.operator, item.value].map(text);
  const asked = ASKS_OPERATION.test(key) ? "CREATE" : ASKS_NAMESPACE.test(key) ? namespace : null;
  const values = only !== undefined ? [only] : operator.endsWith("In") ? list(item.value) : [];
  if (asked === null || !OPERATORS.test(operator) || values.length === 0 || !values.every((value) => PLAIN.test(text(value) ?? ""))) return null;
  return values.includes(asked) !== operator.includes("Not");
}

/** What comes of answers of which one must be yes. */
function anyOf(answers: readonly Answer[]): Answer {
  return answers.includes(true) ? true : answers.includes(null) ? null : false;
}

/** Whether the conditions of a rule hold for every pod that is made in a namespace, or for none; null = they hang on the pod, or cannot be told. */
export function conditionsHold(rule: JsonRecord, policy: JsonRecord, { name }: Pick<PolicyNamespace, "name">): Answer {
  const { preconditions } = rule;
  const answersOf = (written: unknown): readonly Answer[] => records(written).map((item) => holdsWhere(item, name));
  const any = isRecord(preconditions) ? answersOf(preconditions.any) : [];
  return allHold([
    ...answersOf(isRecord(preconditions) ? preconditions.all : preconditions),
    any.length === 0 || anyOf(any),
    ...conditionsInCel(rule, policy).map((expression) => holdsIn(expression, name)),
  ]);
}

/** Whether any condition of a rule hangs on the pod or its author: that it holds in some namespaces alone is no such thing. */
export function choosesByConditions(rule: JsonRecord, policy: JsonRecord): boolean {
  const { any, all } = record(rule.preconditions);
  const written = isRecord(rule.preconditions) ? [any, all].flatMap(records) : records(rule.preconditions);
  return written.some((item) => holdsWhere(item, NAME_OF_TRIAL) === null) || conditionsInCel(rule, policy).some((expression) => choosesPods(expression));
}

/** What does not get an answer from Kyverno is let through. Newer releases read the field of the webhook before that of the policy. */
export function failsOpen(policy: JsonRecord): boolean {
  return (record(policy.webhookConfiguration).failurePolicy ?? policy.failurePolicy) === "Ignore";
}
