import { isRecord, type JsonRecord, list, record, records } from "../../model/json";
import { celOfConditions } from "./kyverno-denials";
import { celOfPatterns } from "./kyverno-patterns";
import { celOfRule } from "./kyverno-questions";

/** The first condition that is not put into CEL, as it is written. */
function ofConditions(conditions: unknown, element: string | null): string | null {
  const items = isRecord(conditions) ? [...records(conditions.any), ...records(conditions.all)] : records(conditions);
  const unread = items.find((item) => celOfConditions([item], element) === null);
  if (!unread) return null;
  if ("any" in unread || "all" in unread) return ofConditions(unread, element);
  const { key, operator, value } = unread;
  return [key, operator, value].map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(" ");
}

/** The innermost field of a pattern that is not put into CEL. */
function ofPattern(pattern: JsonRecord): string | null {
  const [key, value] = Object.entries(pattern).find(([name, asked]) => celOfPatterns({ pattern: { [name]: asked } }) === null) ?? [];
  if (key === undefined) return null;
  const [only, ...more] = Array.isArray(value) ? list(value) : [value];
  return (more.length === 0 && isRecord(only) ? ofPattern(only) : null) ?? `${key}: ${JSON.stringify(value)}`;
}

function ofPart(part: JsonRecord, element: string | null): string | null {
  const patterns = isRecord(part.pattern) ? [part.pattern] : records(part.anyPattern);
  const { deny, preconditions } = part;
  const asked = element === null ? null : ofConditions(preconditions, element);
  return asked ?? ofConditions(record(deny).conditions, element) ?? patterns.map(ofPattern).find((found) => found !== null) ?? null;
}

/** What it is in the `validate` of a rule of Kyverno that is not put into CEL, as its author knows it; null = it is no part by itself. */
export function findUnreadPart(validate: JsonRecord): string | null {
  if (validate.foreach === undefined) return ofPart(validate, null);
  const part = records(validate.foreach).find((item) => celOfRule({ foreach: [item] }, false) === null);
  return part ? (ofPart(part, "element") ?? `foreach ${JSON.stringify(part.list)}`) : null;
}
