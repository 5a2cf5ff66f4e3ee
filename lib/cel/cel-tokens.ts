type TokenKind = "name" | "number" | "text" | "mark";

export interface CelToken {
  readonly kind: TokenKind;
  readonly text: string;
  /** Characters before it. */
  readonly at: number;
}

/** What cannot be read, and where; `at` is a number of characters. */
export interface CelFault {
  readonly at: number;
  readonly problem: string;
}

const BLANK = /(?:\s+|\/\/[^\n]*)+/y;
const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /(?:0x[0-9a-fA-F]+|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?)[uU]?/y;
const PREFIX = /(?:[rR][bB]?|[bB][rR]?)?(?="|')/y;
const MARKS = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"] as const;

/** Where a text ends that begins with `quote` at `from`; -1 when it does not. */
function endOfText(source: string, from: number, quote: string, isRaw: boolean): number {
  for (let at = from; at < source.length; at += 1) {
    if (source.startsWith(quote, at)) return at + quote.length;
    if (quote.length === 1 && source[at] === "\n") return -1;
    if (source[at] === "\\" && !isRaw) at += 1;
  }
  return -1;
}

/** Marks of other languages, with what CEL has for them. */
const FOREIGN: readonly (readonly [mark: string, words: string])[] = [
  ["===", "CEL compares with ==, not with ==="],
  ["!==", "CEL compares with !=, not with !=="],
  ["=~", "CEL matches a pattern with text.matches('…'), not with =~"],
  ["=>", "CEL has no =>: a loop is list.all(item, …), and at least is >="],
  ["<>", "CEL compares with !=, not with <>"],
];
/** The same, where no mark of CEL begins so. */
const ODD: ReadonlyMap<string, string> = new Map([
  ["&", "and is written && in CEL"],
  ["|", "or is written || in CEL"],
  ["=", "CEL compares with ==, and one = alone means nothing"],
  ["`", "names in ` ` are not there: write object['name'], and texts in ' '"],
  [";", "CEL has no ;: the whole is one expression"],
]);

/** The words of an expression; blanks and comments are left out. */
export function readTokens(source: string): readonly CelToken[] | CelFault {
  const tokens: CelToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0] ?? null;
    return found === "" ? null : found;
  };
  while (at < source.length) {
    const blank = take(BLANK);
    if (blank !== null) {
      at += blank.length;
      continue;
    }
    PREFIX.lastIndex = at;
    const prefix = PREFIX.exec(source)?.[0];
    if (prefix !== undefined) {
      const start = at + prefix.length;
      const one = source[start] ?? "";
      const quote = source.startsWith(one.repeat(3), start) ? one.repeat(3) : one;
      const end = endOfText(source, start + quote.length, quote, /r/i.test(prefix));
      if (end < 0) return { at, problem: `the text that begins here has no ${quote} at its end` };
      tokens.push({ kind: "text", text: source.slice(at, end), at });
      at = end;
      continue;
    }
    const foreign = FOREIGN.find(([mark]) => source.startsWith(mark, at));
    if (foreign) return { at, problem: foreign[1] };
    const name = take(NAME);
    const number = name === null ? take(NUMBER) : null;
    const mark = MARKS.find((known) => source.startsWith(known, at));
    const text = name ?? number ?? mark;
    if (text === undefined) {
      const odd = String.fromCodePoint(source.codePointAt(at) ?? 0);
      return { at, problem: ODD.get(odd) ?? `${odd} is nothing that CEL knows` };
    }
    tokens.push({ kind: name !== null ? "name" : number !== null ? "number" : "mark", text, at });
    at += text.length;
  }
  return tokens;
}
