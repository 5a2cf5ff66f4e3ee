import type { CelFault, CelToken } from "./cel-tokens";

const PAIRS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const CLOSING: ReadonlySet<string> = new Set(Object.values(PAIRS));
const INFIX: ReadonlySet<string> = new Set(["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "?", ":", ".", "in"]);
/** What may stand before a value: `!a`, `-a`. */
const SIGNS: ReadonlySet<string> = new Set(["!", "-"]);
/** Words of other languages, with what CEL has for them. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["and", "&&"],
  ["or", "||"],
  ["not", "!"],
  ["is", "=="],
  ["AND", "&&"],
  ["OR", "||"],
  ["NOT", "!"],
  ["None", "null"],
  ["nil", "null"],
  ["True", "true"],
  ["False", "false"],
]);
/** Names that the language keeps for itself. */
const RESERVED: ReadonlySet<string> = new Set(
  "as break const continue else for function if import let loop package namespace return var void while".split(" "),
);

const isValue = ({ kind, text }: CelToken): boolean => (kind === "mark" ? CLOSING.has(text) : text !== "in");

/** What is wrong where one word follows another; null where nothing is. */
function findBetween(before: CelToken | undefined, token: CelToken, isField: boolean): CelFault | null {
  const { at, text, kind } = token;
  const isAfterValue = before !== undefined && isValue(before);
  if (kind === "name" && !isField && WORDS.has(text) && (isAfterValue || text === "not" || text === "NOT" || /^[TFn]|^None/.test(text)))
    return { at, problem: `${text} is written ${WORDS.get(text)} in CEL` };
  if (kind === "name" && !isField && RESERVED.has(text)) return { at, problem: `${text} is a word that CEL keeps for itself: a variable cannot be called so` };
  if (INFIX.has(text) && !SIGNS.has(text) && !(text === "." && !isAfterValue) && !(text === "?" && (before?.text === "." || before?.text === "["))) {
    if (before === undefined) return { at, problem: `nothing comes before ${text}` };
    if (!isAfterValue) return { at, problem: `there is nothing between ${before.text} and ${text}` };
  }
  if (CLOSING.has(text) && before !== undefined && (INFIX.has(before.text) || SIGNS.has(before.text)))
    return { at, problem: `there is nothing between ${before.text} and ${text}` };
  const begins = kind !== "mark" ? text !== "in" : text === "{" || text === "!";
  if (begins && isAfterValue && !(text === "{" && before.kind === "name"))
    return { at, problem: `between ${shorten(before.text)} and ${shorten(text)} something is missing, such as a comma, && or ==` };
  return null;
}

function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}

/** The first thing in an expression that cannot be read, in words about the place where it is. Best effort: null leaves it to the parser. */
export function findSyntaxFault(tokens: readonly CelToken[]): CelFault | null {
  const open: CelToken[] = [];
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    // `.name` and `.?name`: any word may be that of a field.
    const isField = before?.text === "." || (before?.text === "?" && tokens[index - 2]?.text === ".");
    const fault = findBetween(before, token, isField);
    if (fault) return fault;
    if (token.kind !== "mark") continue;
    if (PAIRS[token.text] !== undefined) open.push(token);
    if (!CLOSING.has(token.text)) continue;
    const opening = open.pop();
    if (!opening) return { at: token.at, problem: `${token.text} closes what nothing opens` };
    if (PAIRS[opening.text] !== token.text) return { at: opening.at, problem: `the ${opening.text} that begins here is closed by ${token.text}` };
  }
  const last = tokens.at(-1);
  if (last === undefined) return { at: 0, problem: "there is no expression, only blanks or comments" };
  if (INFIX.has(last.text) || SIGNS.has(last.text)) return { at: last.at, problem: `nothing follows ${last.text === "." ? "the dot" : last.text}` };
  const unclosed = open.at(-1);
  if (unclosed) return { at: unclosed.at, problem: `the ${unclosed.text} that begins here is never closed` };
  return findLoneChoice(tokens);
}

/** `a ? b` without `: c`; brackets are known to match. */
function findLoneChoice(tokens: readonly CelToken[]): CelFault | null {
  const levels: CelToken[][] = [[]];
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1]?.text;
    if (token.kind !== "mark") continue;
    if (PAIRS[token.text] !== undefined) levels.push([]);
    else if (CLOSING.has(token.text)) {
      const left = levels.pop()?.at(-1);
      if (left) return { at: left.at, problem: "after this ? there is no :" };
    } else if (token.text === "?" && before !== "." && before !== "[" && before !== "{" && before !== ",") levels.at(-1)?.push(token);
    else if (token.text === ":") levels.at(-1)?.pop();
  }
  const left = levels.at(-1)?.at(-1);
  return left ? { at: left.at, problem: "after this ? there is no :" } : null;
}
