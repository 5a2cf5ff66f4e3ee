import type { JsonRecord } from "../../model/json";

const KEY = "([A-Za-z0-9][A-Za-z0-9_./-]*)";
const TERM = new RegExp(`^(?:(!?)\\s*${KEY}|${KEY}\\s*(==|=|!=)\\s*([A-Za-z0-9_.-]*)|${KEY}\\s+(in|notin)\\s*\\(([^()]*)\\))$`);

const OPERATORS: Readonly<Record<string, string>> = { "=": "In", "==": "In", "!=": "NotIn", in: "In", notin: "NotIn", "!": "DoesNotExist", "": "Exists" };

/** Longer ones nobody writes. */
const LONGEST = 2_000;

/** Commas that part terms, not the values of one. */
const COMMA = /,(?![^()]*\))/;

/** A LabelSelector of what flags ask for: `app=web,tier!=inner,env in (a, b),!old`; null = it cannot be read. */
export function readLabelQuery(query: string): JsonRecord | null {
  if (query.length > LONGEST) return null;
  const terms = query.trim() === "" ? [] : query.split(COMMA).map((term) => TERM.exec(term.trim()));
  const matchExpressions = terms.flatMap((term) => {
    if (!term) return [];
    const [, no = "", alone, key = alone, sign, value, listed = key, word, values] = term;
    const operator = OPERATORS[word ?? sign ?? no];
    return [{ key: listed, operator, values: word ? (values ?? "").split(",").map((item) => item.trim()) : sign ? [value ?? ""] : [] }];
  });
  return matchExpressions.length === terms.length ? { matchExpressions } : null;
}
