/** How sure a match is: a token format is `high`, a telling key name with a fitting value `medium`, a well-known default password `low`. */
type SecretConfidence = "high" | "medium" | "low";

/** Why a text looks like a credential. Never holds the text itself. */
export interface SecretMatch {
  /** Stable id of the rule, e.g. `aws-access-key-id`, `named-literal`. */
  readonly rule: string;
  readonly confidence: SecretConfidence;
  /** Characters of the text that matched. */
  readonly length: number;
  /** Key inside a configuration file, when the text is one. */
  readonly key?: string;
}

const RULE_CONFIDENCE: Readonly<Record<string, SecretConfidence>> = {
  "named-literal": "medium",
  "password-hash": "medium",
  "connection-string": "medium",
  "default-password": "low",
};

export function toMatch(rule: string, length: number): SecretMatch {
  return { rule, confidence: RULE_CONFIDENCE[rule] ?? "high", length };
}

const MARKER = /«redacted: ([a-z0-9-]+), (\d{1,9}) characters»/;

/** What replaces a credential before anything is stored: keeps the rule and the length, so that stored objects are judged alike. */
export function redactionMarker(match: SecretMatch): string {
  return `«redacted: ${match.rule}, ${match.length} characters»`;
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ["named-literal", "named as one"],
  ["default-password", "a short or well-known password"],
]);

/** How it was told, as people read it; formats go by their own names. */
export function sayRule({ rule }: SecretMatch): string {
  return WORDS.get(rule) ?? rule.replaceAll("-", " ");
}

/** Reads a marker back, wherever it stands in a text: all that is left of credentials in what an inventory holds. Null for what is no text. */
export function findRedactionMarker(text: unknown): SecretMatch | null {
  const found = typeof text === "string" && text.includes("«redacted: ") ? MARKER.exec(text) : null;
  return found ? toMatch(found[1] ?? "named-literal", Number(found[2])) : null;
}

const MARKERS = new RegExp(MARKER, "g");

/** What else stands in a text that may hold markers, written by us or by whoever would have us look away. */
export function withoutMarkers(text: string): string {
  return text.includes("«redacted: ") ? text.replace(MARKERS, "") : text;
}

/** What replaces a configuration file that holds credentials: a line for each, under the key it had. */
export function writeRedactedLines(matches: readonly SecretMatch[]): string {
  return matches.map((match) => `${match.key === undefined ? "" : `${match.key.replace(/\s+/g, " ")}: `}${redactionMarker(match)}`).join("\n");
}

const REDACTED_LINE = /^(?:(.*): )?«redacted: ([a-z0-9-]+), (\d{1,9}) characters»$/;

/** Reads such lines back; null when the text is anything else. */
export function readRedactedLines(text: string): SecretMatch[] | null {
  if (!text.includes("«redacted: ")) return null;
  const lines = text.split("\n").map((line) => REDACTED_LINE.exec(line));
  if (lines.some((line) => line === null)) return null;
  return lines.map((line) => ({ ...toMatch(line?.[2] ?? "named-literal", Number(line?.[3])), ...(line?.[1] === undefined ? {} : { key: line[1] }) }));
}
