import { list, record, records, text } from "../../model/json";

type Labels = Readonly<Record<string, string>>;

function matchesExpression(expression: Readonly<Record<string, unknown>>, labels: Labels): boolean {
  const key = text(expression.key) ?? "";
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  const values = list(expression.values);
  switch (expression.operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return false;
  }
}

/** metav1.LabelSelector: everything in it must hold; an empty selector matches all; an unknown operator nothing. */
export function matchesSelector(selector: unknown, labels: Labels): boolean {
  const { matchLabels, matchExpressions } = record(selector);
  const wanted = record(matchLabels);
  for (const key in wanted) if (!Object.hasOwn(labels, key) || labels[key] !== wanted[key]) return false;
  return list(matchExpressions).every((expression) => matchesExpression(record(expression), labels));
}

/** True when the selector names no condition, so that it selects everything, now and later. */
export function isEmptySelector(selector: unknown): boolean {
  const { matchLabels, matchExpressions } = record(selector);
  return Object.keys(record(matchLabels)).length === 0 && records(matchExpressions).length === 0;
}
