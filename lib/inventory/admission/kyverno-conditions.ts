import { isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import type { Operation } from "./admission-rule";

const ASKS_OPERATION = /^\s*\{\{\s*request\.operation\b[^{}]*\}\}\s*$/;
const CREATION_IN_CEL = /^\s*request\.operation\s*(?:!=\s*["'](?!CREATE)\w+["']|==\s*["']CREATE["']|in\s*\[[^\]]*["']CREATE["'][^\]]*\])\s*$/;

/** A condition in CEL that holds for whatever is made. */
export function holdsForCreation(expression: string): boolean {
  return expression.trim() === "true" || CREATION_IN_CEL.test(expression);
}

/** Whether a condition that only asks what is done to an object holds for that; false also of any other condition. */
function holdsFor({ key, operator, value }: JsonRecord, operation: Operation): boolean {
  if (!ASKS_OPERATION.test(text(key) ?? "")) return false;
  const isNamed = [text(value), ...texts(value)].includes(operation);
  return /Not/.test(text(operator) ?? "") ? !isNamed : isNamed;
}

/** Whether conditions that must all hold keep a rule from what is changed, and let it see what is made. */
export function missesChanges({ preconditions }: JsonRecord): boolean {
  const needed = isRecord(preconditions) ? records(preconditions.all) : records(preconditions);
  return needed.some((item) => holdsFor(item, "CREATE") && !holdsFor(item, "UPDATE"));
}

/** Whether conditions, which are not evaluated, may keep a rule of a policy from some of what is made. */
export function isConditional(rule: JsonRecord, policy: JsonRecord): boolean {
  const { any, all } = record(rule.preconditions);
  const written = isRecord(rule.preconditions) ? [...records(any), ...records(all)] : records(rule.preconditions);
  const inCel = [...list(rule.celPreconditions), ...list(record(policy.webhookConfiguration).matchConditions)].map(record);
  return written.some((item) => !holdsFor(item, "CREATE")) || inCel.some(({ expression }) => !holdsForCreation(text(expression) ?? ""));
}

/** What does not get an answer from Kyverno is let through. Newer releases read the field of the webhook before that of the policy. */
export function failsOpen(policy: JsonRecord): boolean {
  return (record(policy.webhookConfiguration).failurePolicy ?? policy.failurePolicy) === "Ignore";
}
