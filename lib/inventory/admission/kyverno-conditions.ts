import { isRecord, type JsonRecord, record, records, text, texts } from "../../model/json";
import type { Operation } from "./admission-rule";
import { expressionsOf, holdForCreationAlone, holdsForAll } from "./match-condition";
import { seesChanges } from "./kyverno-match";

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

/** Whether conditions may keep a rule of a policy from some of what is made. */
export function isConditional(rule: JsonRecord, policy: JsonRecord): boolean {
  const { any, all } = record(rule.preconditions);
  const written = isRecord(rule.preconditions) ? [...records(any), ...records(all)] : records(rule.preconditions);
  return written.some((item) => !holdsFor(item, "CREATE")) || !conditionsInCel(rule, policy).every((expression) => holdsForAll(expression));
}

/** What does not get an answer from Kyverno is let through. Newer releases read the field of the webhook before that of the policy. */
export function failsOpen(policy: JsonRecord): boolean {
  return (record(policy.webhookConfiguration).failurePolicy ?? policy.failurePolicy) === "Ignore";
}
