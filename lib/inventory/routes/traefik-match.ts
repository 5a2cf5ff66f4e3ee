/** Of the names that requests ask for: `named` = some that are written out, `pattern` = all that fit, `any` = all there are. */
export type HostReach = "named" | "pattern" | "any";

const WIDTH: Readonly<Record<HostReach, number>> = { named: 0, pattern: 1, any: 2 };

/** Nobody nests deeper. */
const DEEPEST = 50;

/** Words of a rule of Traefik: `Host(`a.example.com`)` is one, beside signs. */
const WORD = /\s*(&&|\|\||!|\(|\)|([A-Za-z]+)\(((?:[^()`"']|`[^`]*`|"[^"]*"|'[^']*')*)\))/y;

interface Word {
  readonly sign: string;
  readonly matcher: string | undefined;
  readonly value: string;
}

function listWords(match: string): readonly Word[] | null {
  const words: Word[] = [];
  const pattern = new RegExp(WORD);
  const end = match.trimEnd().length;
  while (pattern.lastIndex < end) {
    const found = pattern.exec(match);
    if (!found) return null;
    const [, sign = "", matcher, value = ""] = found;
    words.push({ sign, matcher, value });
  }
  return words;
}

/** Patterns that stand for names that nobody wrote out. */
const IS_OPEN = /[*+]|\{(?!\d+\})|\[(?!\.\])|\\[dwsp]/i;
/** What is not bound to both ends fits longer names, too; so does what is one of several, each of which is bound to one end. */
const IS_BOUND = /^[`"']\^.*\$[`"']$/;
const hasAlternatives = (pattern: string): boolean => pattern.replace(/\([^()]*\)/g, "").includes("|");
const FITS_ALL = /^[`"']\^?\(?(?:\.[*+]|\{\w+:\.[*+]\})\)?\$?[`"']$/;

function ofMatcher(matcher: string, value: string): HostReach {
  if (/^Host(?:Header|SNI)?$/i.test(matcher)) return value.includes("`*`") || value.includes('"*"') ? "any" : "named";
  if (!/^Host(?:SNI)?Regexp$/i.test(matcher) || FITS_ALL.test(value.trim())) return "any";
  return IS_OPEN.test(value) || !IS_BOUND.test(value.trim()) || hasAlternatives(value) ? "pattern" : "named";
}

/** Which names a rule of Traefik answers for; null = it cannot be read. */
export function findHostReach(match: string): HostReach | null {
  const words = listWords(match);
  if (words === null || words.length === 0) return null;
  let at = 0;
  const readOne = (depth: number): HostReach | null => {
    const word = words[at++];
    if (!word || depth > DEEPEST) return null;
    // What is left out leaves all others.
    if (word.sign === "!") return readOne(depth + 1) && "any";
    if (word.matcher !== undefined) return ofMatcher(word.matcher, word.value);
    if (word.sign !== "(") return null;
    const inner = readAny(depth + 1);
    return words[at++]?.sign === ")" ? inner : null;
  };
  const readSeveral = (sign: string, read: () => HostReach | null, choose: (a: HostReach, b: HostReach) => HostReach): HostReach | null => {
    let found = read();
    while (found !== null && words[at]?.sign === sign) {
      at++;
      const next = read();
      found = next && choose(found, next);
    }
    return found;
  };
  const readAll = (depth: number) =>
    readSeveral(
      "&&",
      () => readOne(depth),
      (a, b) => (WIDTH[a] < WIDTH[b] ? a : b),
    );
  const readAny = (depth: number): HostReach | null =>
    readSeveral(
      "||",
      () => readAll(depth),
      (a, b) => (WIDTH[a] > WIDTH[b] ? a : b),
    );
  const found = readAny(0);
  return at === words.length ? found : null;
}
