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

function explainBound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const isSmall = issue.code === "too_small";
  const bound = isSmall ? issue.minimum : issue.maximum;
  if (issue.inclusive !== false) return `must be at ${isSmall ? "least" : "most"} ${bound}`;
  return `must be ${isSmall ? "more" : "less"} than ${bound}`;
}

/** What is said of the value, after its name; null = what the schema says will do. */
function explainGeneric(issue: Issue): string | null {
  if (!GENERIC.test(issue.message)) return null;
  if (issue.code === "invalid_type") return issue.message.endsWith("received undefined") ? "is missing" : `must be ${NAMES[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value") return `must be ${issue.values.length > 1 ? "one of " : ""}${issue.values.map(String).join(", ")}`;
  if (issue.code !== "too_small" && issue.code !== "too_big") return null;
  if (issue.origin === "string") return `${explainBound(issue)} characters long`;
  return issue.origin === "number" || issue.origin === "int" ? explainBound(issue) : null;
}

/** One sentence about the first thing that a request got wrong, by the names of the caller and not by those of the schema. */
export function explainIssue(issue: Issue | undefined): string {
  if (issue?.code === "unrecognized_keys") return `Unknown parameter: ${issue.keys.join(", ")}.`;
  // An item of a comma-separated parameter has an index that nobody wrote.
  const where = issue?.path.filter((part) => typeof part !== "number").join(".") || "The request";
  const said = issue && explainGeneric(issue);
  return said ? `${where} ${said}.` : `${where}: ${issue?.message ?? "not valid"}.`;
}
