import { isRecord, type JsonRecord, record, records, text } from "../../model/json";
import { celOfConditions } from "./kyverno-denials";
import { type KyvernoValue, readQuery } from "./kyverno-paths";
import { celOfPatterns } from "./kyverno-patterns";
import { type Cel, join } from "./kyverno-texts";

/** What a part of `foreach` may say, beside what else is looked up for it. */
const OF_EACH: ReadonlySet<string> = new Set(["list", "pattern", "anyPattern", "deny", "preconditions"]);

/** Marks of fields that may be missing from an object: what fails then fails the rule itself. */
const MARKED = /"[X^]?\([^"]*\)":/;

/** Whether a pattern is refused for what is there and is not to be, which fails no rule, or for anything else. */
function mayFail(patterns: unknown): boolean {
  let others = 0;
  const written = JSON.stringify(patterns, (key, value: unknown) => {
    if (key.startsWith("X(")) return undefined;
    if (typeof value !== "object" || value === null) others += 1;
    return value;
  });
  return MARKED.test(JSON.stringify(patterns)) && (others > 0 || MARKED.test(written));
}

function ofPart(part: JsonRecord, element: string | null, failsOpen: boolean): Cel {
  // An item that a rule fails on is passed over, unless it is the last one.
  const isLenient = failsOpen || element !== null;
  if (!isRecord(part.deny)) return isLenient && mayFail(part.pattern ?? part.anyPattern) ? null : celOfPatterns(part, element ?? undefined);
  const denied = celOfConditions(record(part.deny).conditions, element, failsOpen);
  return denied && `!${denied}`;
}

/** The list that a part of `foreach` is about: it need not say that it is one. */
function readItems(part: JsonRecord): KyvernoValue | null {
  const query = text(part.list)?.trim() ?? "";
  const read = readQuery(query, null);
  const items = read?.whole != null ? readQuery(`${query}[]`, null) : read;
  return items && !items.isCount && items.otherwise === null ? items : null;
}

/** What a part of `foreach` asks: the same of each item, unless it leaves that out. */
function ofEach(part: JsonRecord, failsOpen: boolean): Cel {
  const items = readItems(part);
  if (items === null || Object.keys(part).some((key) => !OF_EACH.has(key))) return null;
  const ofItem = (element: string): Cel => {
    const [met, asked] = [
      part.preconditions === undefined ? "true" : celOfConditions(part.preconditions, element, failsOpen),
      ofPart(part, element, failsOpen),
    ];
    return met && asked && (met === "true" ? asked : `(!(${met}) || ${asked})`);
  };
  return ofItem("x") && `!${items.some((element) => `!(${ofItem(element)})`)}`;
}

/** What the `validate` of a rule of Kyverno asks of an object, in CEL, where what fails is let through or not; null = it is not put into CEL here. */
export function celOfRule(validate: JsonRecord, failsOpen: boolean): Cel {
  if (validate.foreach === undefined) return ofPart(validate, null, failsOpen);
  return join(
    records(validate.foreach).map((part) => ofEach(part, failsOpen)),
    "&&",
  );
}
