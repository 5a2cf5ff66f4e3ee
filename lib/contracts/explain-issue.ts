import type { z } from "zod";

type Issue = z.core.$ZodIssue;

const NAMES: Readonly<Record<string, string>> = {
  number: "a number",
  int: "a whole number",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** As zod words it for nobody in particular; a schema that has words of its own is left to say them. */
const GENERIC = /^(?:Invalid (?:input|option)|Too (?:small|big)):/;

type BoundIssue = z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig;

const boundOf = (issue: BoundIssue): number => Number(issue.code === "too_small" ? issue.minimum : issue.maximum);

function explainBound(issue: BoundIssue): string {
  const isSmall = issue.code === "too_small";
  const bound = boundOf(issue);
  if (issue.inclusive !== false) return `must be at ${isSmall ? "least" : "most"} ${bound}`;
  return `must be ${isSmall ? "more" : "less"} than ${bound}`;
}

/** What is said of the value, after its name; null = what the schema says will do. */
function explainGeneric(issue: Issue): string | null {
  if (!GENERIC.test(issue.message)) return null;
  if (issue.code === "invalid_type") return issue.message.endsWith("received undefined") ? "is missing" : `must be ${NAMES[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value") return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
  if (issue.code !== "too_small" && issue.code !== "too_big") return null;
  if (issue.origin === "string") return `${explainBound(issue)} ${boundOf(issue) === 1 ? "character" : "characters"} long`;
  return issue.origin === "number" || issue.origin === "int" ? explainBound(issue) : null;
}

interface Naming {
  /** What is read. */
  readonly whole: string;
  /** A part of it that should not be there. */
  readonly unknown: string;
  /** Whether its lists are written as such, so that their items can be counted: from 1. */
  readonly countsItems: boolean;
}

/** An item of a comma-separated parameter has an index that nobody wrote. */
const REQUEST: Naming = { whole: "The request", unknown: "Unknown parameter", countsItems: false };

function placeOf(issue: Issue, { whole, countsItems }: Naming): string {
  const parts = issue.path.flatMap((part) => {
    if (typeof part !== "number") return [String(part)];
    return countsItems ? [String(part + 1)] : [];
  });
  return parts.join(".") || whole;
}

/** One sentence about what is wrong, by the names of the one who wrote it and not by those of the schema. */
export function explainIssue(issue: Issue | undefined, naming: Naming = REQUEST): string {
  if (issue === undefined) return `${naming.whole}: not valid.`;
  if (issue.code === "unrecognized_keys") {
    const within = issue.path.length > 0 && naming.countsItems ? ` in ${placeOf(issue, naming)}` : "";
    return `${naming.unknown}${within}: ${issue.keys.join(", ")}.`;
  }
  const where = placeOf(issue, naming);
  if (issue.code === "invalid_key") return `${where}: ${issue.issues[0]?.message ?? "is no name here"}.`;
  const said = explainGeneric(issue);
  return said ? `${where} ${said}.` : `${where}: ${issue.message}.`;
}
