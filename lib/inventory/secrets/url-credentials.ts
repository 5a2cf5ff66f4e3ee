import { findNamedSecret, isRealPassword } from "./named-secret";
import { redactionMarker, type SecretMatch, toMatch } from "./secret-match";
import { isDefaultPassword } from "./secret-values";

/** `user:password@` behind any scheme, those of JDBC among them, which stand behind another. */
const USERINFO = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,40}:\/\/[^/\s:@"'<>]*:([^/\s@"'<>]{3,})@/gi;
/** A token alone in front of a repository: `https://token@dev.azure.com/shop/_git/cart`. An organisation, or a user, is a name. */
const REPOSITORY_TOKEN = /(?<![a-z0-9+.-])https?:\/\/([A-Za-z0-9_-]{32,255})@[\w.:-]{1,253}\/[^\s"'<>]{0,400}?(?:\.git(?![\w-])|\/_git\/)/gi;
/** As drivers of Go and of Oracle take an account: `user:password@tcp(db:3306)/cart`, `jdbc:oracle:thin:user/password@db`. */
const DRIVER_ACCOUNTS = [
  { hint: "(", pattern: /(?<![^\s"'=])[^\s:/@"'=()]{1,64}:([^\s"'<>]{3,200}?)@(?=(?:tcp6?|unix)?\([\w.:[\]/-]{1,253}\)\/)/g },
  { hint: "jdbc:oracle:", pattern: /jdbc:oracle:[a-z]{3,6}:[^\s:/@"']{1,64}\/([^\s@"'<>]{3,200})@/gi },
] as const;
const PARAMETER = /[?&;]([\w.-]{1,64})=([^&#;\s"'<>]{3,4096})/g;
/** What a signed address opens, it opens for whoever has it. */
const SIGNATURE = /^(?:sig|signature|x-(?:amz|goog)-signature)$/i;

/** In an address, `%` begins a character that is written by its number: `%21Tr0ub4dor`; at both ends, it marks a variable. */
function isPassword(value: string): boolean {
  return isRealPassword(value.replace(/^%[0-9a-f]{2}(?=.*[^%]$)/i, ""));
}

interface Found {
  readonly match: SecretMatch;
  /** Where the credential stands in the text. */
  readonly from: number;
  readonly to: number;
}

function toUserinfo(found: RegExpExecArray): Found | null {
  const [whole, password = ""] = found;
  if (!isPassword(password)) return null;
  const to = found.index + whole.length - "@".length;
  const rule = isDefaultPassword(password) ? "default-password" : "url-credentials";
  return { match: toMatch(rule, password.length), from: to - password.length, to };
}

function toRepositoryToken(found: RegExpExecArray): Found | null {
  const [whole, token = ""] = found;
  if (!/\d/.test(token) || !/[a-z]/i.test(token)) return null;
  const from = found.index + whole.indexOf(token);
  return { match: toMatch("url-credentials", token.length), from, to: from + token.length };
}

function toParameter(found: RegExpExecArray): Found | null {
  const [whole, name = "", value = ""] = found;
  if (!isPassword(value)) return null;
  const isSignature = SIGNATURE.test(name) && /^[\w%+/=-]{20,}$/.test(value);
  const named = isSignature ? toMatch("url-credentials", value.length) : findNamedSecret(name, value);
  if (named === null) return null;
  const to = found.index + whole.length;
  const match = named.rule === "default-password" ? named : toMatch("url-credentials", value.length);
  return { match, from: to - value.length, to };
}

function* listFound(text: string): Generator<Found> {
  const isAddress = text.includes("://");
  for (const found of isAddress ? text.matchAll(USERINFO) : []) {
    const password = toUserinfo(found);
    if (password) yield password;
  }
  for (const found of isAddress && /[./_]git/.test(text) ? text.matchAll(REPOSITORY_TOKEN) : []) {
    const token = toRepositoryToken(found);
    if (token) yield token;
  }
  for (const { hint, pattern } of text.includes("@") ? DRIVER_ACCOUNTS : []) {
    for (const found of text.includes(hint) ? text.matchAll(pattern) : []) {
      const password = toUserinfo(found);
      if (password) yield password;
    }
  }
  for (const found of (isAddress || text.startsWith("/")) && text.includes("=") ? text.matchAll(PARAMETER) : []) {
    const parameter = toParameter(found);
    if (parameter) yield parameter;
  }
}

/** A credential in an address, or in a path with its parameters: behind the user's name, or a parameter that is named as one or signs the rest. */
export function findUrlCredentials(text: string): SecretMatch | null {
  for (const { match } of listFound(text)) return match;
  return null;
}

/** The text with a marker in place of each credential of its addresses, which lead where they led. */
export function hideUrlCredentials(text: string): string {
  const found = [...listFound(text)].sort((a, b) => b.from - a.from);
  return found.reduce((shown, { match, from, to }) => shown.slice(0, from) + redactionMarker(match) + shown.slice(to), text);
}
