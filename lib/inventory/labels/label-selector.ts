import { isRecord, list, record, records, text } from "../../model/json";

type Labels = Readonly<Record<string, string>>;

function matchesExpression(expression: Readonly<Record<string, unknown>>, labels: Labels): boolean {
  const key = text(expression.key) ?? "";
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  const values = list(expression.values);
  const isNamed = values.includes(value) || (value === "" && values.includes(null));
  switch (expression.operator) {
    case "In":
      return value !== undefined && isNamed;
    case "NotIn":
      return value === undefined || !isNamed;
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return false;
  }
}

const isOdd = (value: unknown, isOf: (value: unknown) => boolean): boolean => value !== undefined && value !== null && !isOf(value);

/** A selector, or a part of it, that the API server refuses: read as if it were not there, it would choose everything. */
function isRefused(selector: unknown): boolean {
  const { matchLabels, matchExpressions } = record(selector);
  return isOdd(selector, isRecord) || isOdd(matchLabels, isRecord) || isOdd(matchExpressions, Array.isArray);
}

/**
 * metav1.LabelSelector: everything in it must hold; an empty selector matches all; an unknown operator, or what is no selector, nothing. A value that is null
 * is the empty one, as in the labels of an object.
 */
export function matchesSelector(selector: unknown, labels: Labels): boolean {
  if (isRefused(selector)) return false;
  const { matchLabels, matchExpressions } = record(selector);
  const wanted = record(matchLabels);
  for (const key in wanted) if (!Object.hasOwn(labels, key) || labels[key] !== (wanted[key] ?? "")) return false;
  return list(matchExpressions).every((expression) => matchesExpression(record(expression), labels));
}

/** True when the selector names no condition, so that it selects everything, now and later. */
export function isEmptySelector(selector: unknown): boolean {
  if (isRefused(selector)) return false;
  const { matchLabels, matchExpressions } = record(selector);
  return Object.keys(record(matchLabels)).length === 0 && records(matchExpressions).length === 0;
}
