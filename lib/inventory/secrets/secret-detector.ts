import { isRecord, list, parseJson } from "../../model/json";
import { remembered } from "../../model/remembered";
import { findPasswordsInScript, findPasswordsInWords } from "./command-passwords";
import { BODY, flattenConfig } from "./config-text";
import { findInlineEntries } from "./inline-entries";
import { PASSWORD_FILES } from "../data/password-files";
import { SECRET_PATTERNS } from "../data/secret-patterns";
import { findConnectionPassword, findNamedSecret, isRealPassword } from "./named-secret";
import { findRedactionMarker, readRedactedLines, type SecretMatch, toMatch } from "./secret-match";
import { normaliseKeyName } from "./secret-names";
import { isDefaultPassword, isPlace } from "./secret-values";
import { findUrlCredentials } from "./url-credentials";

/** Bodies above this are read only in part. */
export const MAX_SCANNED_CHARACTERS = 262_144;

const LIVE_RULES: ReadonlySet<string> = new Set([...SECRET_PATTERNS.map((p) => p.rule), "aws-secret-access-key", "twilio-auth-token"]);
/** One look for all of them: nearly no text has any. */
const HINTED = new RegExp(SECRET_PATTERNS.map(({ hint }) => RegExp.escape(hint)).join("|"));
const JWT = /(?<![\w-])(eyJ[\w-]{8,})\.(eyJ[\w-]{4,}|[\w-]{16,})\.[\w-]{16,}/;

/** A token that opens a live account as it stands. */
export function isLiveCredential(match: SecretMatch): boolean {
  return LIVE_RULES.has(match.rule);
}

function isSignedToken(value: string): boolean {
  const found = JWT.exec(value);
  if (!found) return false;
  try {
    const header: unknown = JSON.parse(atob((found[1] ?? "").replace(/-/g, "+").replace(/_/g, "/")));
    return typeof header === "object" && header !== null && "alg" in header && header.alg !== "none";
  } catch {
    return false;
  }
}

/** Of a password, as htpasswd, crypt, LDAP, PostgreSQL and Mosquitto keep it: it is guessed where it lies, whatever it stands under. */
const PASSWORD_HASH =
  /(?<![\w$])(?:\$(?:apr1|2[abxy]|5|6|7|y|argon2(?:id|i|d))\$[\w./$=,+-]{20,200}|\{(?:S?SHA(?:256|512)?|S?MD5|CRYPT|SHA512-CRYPT|PBKDF2\S{0,16})\}[\w+/=$.]{16,200}|SCRAM-SHA-256\$\d{1,7}:[\w+/=]{16,64}\$[\w+/=:]{40,200})|"md5[0-9a-f]{32}"/;
const BASIC = /(?<![\w-])basic\s{1,3}([A-Za-z0-9+/]{6,400}={0,2})(?![\w+/=-])/gi;
const USER_AND_PASSWORD = /^[\x21-\x39\x3b-\x7e]{1,200}:([\x21-\x7e]{3,})$/;

/** The password in a header of HTTP, which holds it in base64; null where what follows is a word. */
function findBasicPassword(value: string): string | null {
  for (const [, encoded = ""] of value.matchAll(BASIC)) {
    if (encoded.length % 4 !== 0) continue;
    const password = USER_AND_PASSWORD.exec(atob(encoded))?.[1];
    if (password !== undefined && isRealPassword(password)) return password;
  }
  return null;
}

/** Of a header, however it is written: as curl is given it, in a snippet of a proxy, in JSON. */
const AUTHORIZATION = /authorization["']?\s{0,3}[:=\s]\s{0,3}["']?((?:bearer|token|apikey)\s{1,3}[^\s"',;]{8,4096})/gi;
/** As curl and its kin are told what to send. */
const HEADER_OPTION = /(?:\s-H|--header)[\s=]{1,3}["']([A-Za-z][\w-]{0,63}):\s{0,9}([^\s"']{3,4096})["']/g;
/** As proxies of NGINX are told what to send. */
const SENT_HEADER = /\bproxy_set_header\s{1,9}["']?([\w-]{1,64})["']?\s{1,9}["']?([^"';\n]{3,4096})/g;
/** A header alone on its line. */
const HEADER_LINE = /^[^\S\n]{0,9}([A-Za-z][\w-]{0,63}):[^\S\n]{1,9}(\S{3,4096})[^\S\n]{0,9}$/;

/** The value of a header, whatever the setting is called that holds it. */
const BEARER = /^bearer\s{1,9}\S{12,4096}$/i;

/** What a rule of Traefik asks requests for, in quotes of either kind: Header(`X-Api-Key`, `...`), Query(`token`, `...`), and both in one for earlier versions. */
const ASKED_HEADER = /\b(?:Headers?|Query)(?:Regexp)?\(\s{0,9}[`"]([\w.-]{1,64})(?:[`"]\s{0,9},\s{0,9}[`"]|=)([^`"]{1,4096})[`"]/g;
/** What NGINX asks them for: `if ($http_x_api_key != "...")`. */
const COMPARED_HEADER = /\$(?:http|arg|cookie)_(\w{1,64})\s{0,9}!?=\s{0,9}["']?([^"'\s(){}$]{3,4096})["']?\s{0,9}\)/g;
const MAY_ASK = /\(\s{0,9}[`"]/;

/** The credential in a header of HTTP that a text sets or asks for. */
function findSentHeader(text: string): SecretMatch | null {
  for (const [, sent = ""] of /authorization/i.test(text) ? text.matchAll(AUTHORIZATION) : []) {
    const match = findNamedSecret("authorization", sent);
    if (match) return match;
  }
  for (const [, name = "", value = ""] of text.includes("proxy_set_header") ? text.matchAll(SENT_HEADER) : []) {
    const match = findNamedSecret(name, value);
    if (match) return match;
  }
  for (const [, name = "", value = ""] of /\s-H|--header/.test(text) ? text.matchAll(HEADER_OPTION) : []) {
    const match = findNamedSecret(name, value);
    if (match) return match;
  }
  for (const [, name = "", value = ""] of MAY_ASK.test(text) ? text.matchAll(ASKED_HEADER) : []) {
    const match = findNamedSecret(name, value);
    if (match) return match;
  }
  for (const [, name = "", value = ""] of /\$(?:http|arg|cookie)_/.test(text) ? text.matchAll(COMPARED_HEADER) : []) {
    const match = findNamedSecret(name, value);
    if (match) return match;
  }
  const alone = BEARER.test(text) ? findNamedSecret("authorization", text) : null;
  if (alone) return alone;
  const [, name, value] = HEADER_LINE.exec(text) ?? [];
  return name === undefined || value === undefined ? null : findNamedSecret(name, value);
}

function lookInText(value: string): SecretMatch | null {
  const marker = findRedactionMarker(value);
  if (marker) return marker;
  const scanned = value.length > MAX_SCANNED_CHARACTERS ? value.slice(0, MAX_SCANNED_CHARACTERS) : value;
  for (const { rule, hint, pattern } of HINTED.test(scanned) ? SECRET_PATTERNS : []) {
    if (!scanned.includes(hint)) continue;
    const found = pattern.exec(scanned);
    if (found) return toMatch(rule, found[0].length);
  }
  if (scanned.includes("eyJ") && isSignedToken(scanned)) return toMatch("json-web-token", JWT.exec(scanned)?.[0].length ?? value.length);
  const hash = scanned.includes("$") || scanned.includes("{S") || scanned.includes('"md5') ? PASSWORD_HASH.exec(scanned)?.[0] : undefined;
  if (hash !== undefined) return toMatch("password-hash", hash.length);
  const sent = /basic/i.test(scanned) ? findBasicPassword(scanned) : null;
  if (sent !== null) return toMatch(isDefaultPassword(sent) ? "default-password" : "basic-auth-header", sent.length);
  return findUrlCredentials(scanned) ?? findSentHeader(scanned) ?? findConnectionPassword(scanned);
}

const MAX_CLEAN_LENGTH = 128;

/** A credential that its own format gives away, whatever it is called: tokens, private keys, URLs with a password. Also our redaction marker. */
export const findSecretInText = remembered(lookInText, {
  limit: 20_000,
  // Variables of a cluster share most of their values. What holds a credential is never kept.
  holds: (text, match) => match === null && text.length <= MAX_CLEAN_LENGTH,
});

/** Names of what holds settings with values of their own: `JAVA_OPTS`, `mountOptions`, `OTEL_EXPORTER_OTLP_HEADERS`. */
const ASSIGNING = /(?:^|_)(?:opt|option|arg|argument|flag|header|param|parameter)s$/;

/** Docker and containerd keep an account for a registry so: `auth`, and both parts of it in base64. */
function findInValue(name: string, value: string): SecretMatch | null {
  const account = name === "auth" ? findBasicPassword(`basic ${value}`) : null;
  if (account !== null) return toMatch("docker-config", account.length);
  return findSecretInText(value) ?? findNamedSecret(name, value);
}

/** What a whole configuration in one value holds, as Spring takes one in SPRING_APPLICATION_JSON: its entries count by their own names. */
function findInBody(body: string): SecretMatch | null {
  for (const { key, value } of flattenConfig(body)) {
    const match = findInValue(key, value);
    if (match) return match;
  }
  return findInCopies(body);
}

const STARTS = /"(?:command|args)"\s{0,9}:\s{0,9}\[/;

/** What containers start of which somebody keeps a copy in JSON, as Argo Workflows does in a variable of each of its pods. */
function findInCopies(body: string): SecretMatch | null {
  return body.length <= MAX_SCANNED_CHARACTERS && STARTS.test(body) ? findStarted(parseJson(body)) : null;
}

const MAX_DEPTH = 16;

function findStarted(value: unknown, depth = 0): SecretMatch | null {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return null;
  const [command, args, source] = isRecord(value) ? [list(value.command), list(value.args), value.source] : [[], []];
  const [found] = [...findSecretsInArguments(command), ...findSecretsInArguments(args, command), ...findSecretsInSource(source, command)];
  if (found) return found.match;
  for (const item of Object.values(value)) {
    const match = findStarted(item, depth + 1);
    if (match) return match;
  }
  return null;
}

function findInEntry(name: string, value: string): SecretMatch | null {
  const match = findInValue(name, value);
  if (match || !value.includes("=")) return match;
  return ASSIGNING.test(normaliseKeyName(name.slice(-64))) ? findInSettings(value) : null;
}

/** A credential under a name: an environment variable, a flag, a key of a configuration. */
export function findSecretInEntry(name: string, value: string): SecretMatch | null {
  return findInEntry(name, value) ?? (BODY.test(value) ? findInBody(value) : null);
}

/** In a list of assignments, which are kept apart by spaces or commas; what they assign is no list again, or `opts=opts=opts=` would have no end. */
function findInSettings(value: string): SecretMatch | null {
  for (const setting of value.slice(0, MAX_SCANNED_CHARACTERS).split(",")) {
    const match = findAssignment(setting, findInValue);
    if (match) return match;
  }
  return null;
}

/** Fields named so name a Secret, as those of Kubernetes do, or tell of Secrets, and hold none. */
const NAMES_SECRET = /(?<!client)(?:^|[_.-])secrets?(?:$|[_.-](?!(?:access[_-]?)?(?:key|token|pass)))/;
const MAX_NAME = 256;

const lastName = (name: string): string => name.slice(name.lastIndexOf("/") + 1);
/** Whether a field tells where a credential is, or what its checksum is. */
const isAboutSecret = remembered((name) => NAMES_SECRET.test(normaliseKeyName(lastName(name))) || /checksum|digest|hash/i.test(name), { limit: 5_000 });

/** As an ExternalSecret says it: what a value is called in a Secret, `secretKey: password`. */
const KEY_IN_SECRET = /(?:^|[a-z])[sS]ecretKey$/;
const KEY_NAME = /^(?:[a-z]+[-_.])*(?:pass(?:word|wd)?|token|secret|key)\d?$/;

/** By its format or by the name of the field. */
function findInField(name: string, value: string): SecretMatch | null {
  const strong = findSecretInText(value);
  const whole = name.slice(-MAX_NAME);
  if (strong || isAboutSecret(whole) || isPlace(value)) return strong;
  const last = lastName(whole);
  if (KEY_IN_SECRET.test(last) && KEY_NAME.test(value)) return null;
  return findInEntry(last === "change-cause" ? "args" : last, value);
}

/**
 * A credential in a field of an object that is none of a container, or in an annotation: by its format, as an entry of the JSON that it may be, or by the name
 * of the field, which is of less weight here than that of a variable: it may well say where a credential is, or what its checksum is.
 */
export function findSecretInField(name: string, value: string): SecretMatch | null {
  if (value.length > MAX_SCANNED_CHARACTERS) return findSecretInText(value);
  if (/^\s{0,99}[[{]/.test(value)) return findSecretInText(value) ?? findSecretsInData("", value, findInField)[0] ?? null;
  return findInField(name, value);
}

const FLAG = /^--?([A-Za-z][\w.-]*)(?:=([\s\S]*))?$/;

/** One item of `command` or `args` that holds a credential. */
interface ArgumentSecret {
  readonly index: number;
  readonly match: SecretMatch;
  /** What of the item stands before the credential and is none: `--password=`, `-p`; "" = the item goes as a whole. */
  readonly before: string;
}

/**
 * Credentials in `command` or `args`, one at most per item: formats, `--password=x`, `--password x`, `export PASSWORD=x`, and what well-known
 * programs take for a password, here or in a script. `command` = what stands before the arguments.
 */
export function findSecretsInArguments(args: readonly unknown[], command: readonly unknown[] = []): readonly ArgumentSecret[] {
  if (args.length === 0) return [];
  const found: ArgumentSecret[] = [];
  const known = new Map(findPasswordsInWords([...command, ...args]).map((password) => [password.index - command.length, password]));
  args.forEach((item, index) => {
    if (typeof item !== "string") return;
    const flag = FLAG.exec(item);
    const before = args[index - 1];
    const previous = typeof before === "string" ? FLAG.exec(before) : null;
    let match = flag ? (flag[2] !== undefined ? (findSecretInEntry(flag[1] ?? "", flag[2]) ?? findInner(flag[2], findInEntry)) : null) : findSecretInText(item);
    if (!match && !flag && previous && previous[2] === undefined) match = findSecretInEntry(previous[1] ?? "", item);
    if (!match && !flag) match = findAssignment(item) ?? (/\s/.test(item) ? (findInScript(item) ?? findFlag(item) ?? findQuoted(item)) : null);
    if (match) {
      found.push({ index, match, before: flag?.[2] === undefined ? "" : `${item.slice(0, item.indexOf("="))}=` });
      return;
    }
    const given = known.get(index);
    match = given ? findSecretInEntry("password", given.value) : null;
    if (given && match) found.push({ index, match, before: given.before.startsWith("-") ? given.before : "" });
  });
  return found;
}

/** The script that `command` runs, which Argo Workflows has in a field of its own. */
export function findSecretsInSource(source: unknown, command: readonly unknown[]): readonly ArgumentSecret[] {
  return command.length === 0 ? [] : findSecretsInArguments([source], command);
}

function findInScript(script: string): SecretMatch | null {
  for (const value of findPasswordsInScript(script.slice(0, MAX_SCANNED_CHARACTERS))) {
    const match = findSecretInEntry("password", value);
    if (match) return match;
  }
  return null;
}

const ASSIGNMENT = /(?:^|[\s;&|])(?:--?)?([A-Za-z_][\w.-]*)=("[^"]*"|'[^']*'|[^\s;&|]+)/g;

/** A flag and its value side by side in one text. A word behind `--password` may be anything in a sentence: only what looks like a credential counts. */
const FLAG_IN_TEXT = /(?:^|\s)--([A-Za-z][\w-]{0,63})\s{1,9}["']?([^\s"'-][^\s"']{7,255})/g;

/** What a script sends or runs in another language: `curl -d '{"password":"x"}'`. */
function findQuoted(script: string): SecretMatch | null {
  for (const { key, value } of findInlineEntries(script.slice(0, MAX_SCANNED_CHARACTERS))) {
    const match = findInEntry(key, value);
    if (match) return match;
  }
  return null;
}

function findFlag(script: string): SecretMatch | null {
  for (const [, name = "", value = ""] of script.slice(0, MAX_SCANNED_CHARACTERS).matchAll(FLAG_IN_TEXT)) {
    const match = findNamedSecret(name, value);
    if (match && match.rule !== "default-password") return match;
  }
  return null;
}

/** What a flag assigns in turn: `--from-literal=password=x`, `--set=auth.password=x`. */
function findInner(value: string, look: typeof findSecretInEntry): SecretMatch | null {
  const [, name = "", inner = ""] = /^([A-Za-z_][\w.-]{0,127})=["']?(.+?)["']?$/s.exec(value) ?? [];
  return name === "" || /^\$[^{]/.test(inner) ? null : look(name, inner);
}

function findAssignment(script: string, look = findSecretInEntry): SecretMatch | null {
  for (const [, name, raw] of script.slice(0, MAX_SCANNED_CHARACTERS).matchAll(ASSIGNMENT)) {
    const value = (raw ?? "").replace(/^["']|["']$/g, "");
    const match = /^\$[^{]/.test(value) ? null : (look(name ?? "", value) ?? findInner(value, look));
    if (match) return match;
  }
  return null;
}

/** As PostgreSQL, MySQL and SQL Server name it. */
const SQL_PASSWORD =
  /\b(?:(?:PASSWORD|IDENTIFIED(?:\s{1,9}WITH\s{1,9}\S{1,64})?\s{1,9}BY)(?:\s{1,9}=)?\s{1,9}[EN]?|PASSWORD\(\s{0,9})(?:'([^'\n]{3,128})'|(?<=BY\s{1,9})"([^"\n]{3,128})")/gi;

/** What a script gives to programs that it calls, and a statement to the accounts that it makes. */
function findInProgram(key: string, text: string): SecretMatch | null {
  for (const [, single, password = single ?? ""] of text.matchAll(SQL_PASSWORD)) {
    const match = isRealPassword(password) ? findSecretInEntry("password", password) : null;
    if (match) return match;
  }
  return text.startsWith("#!") || /\.(?:sh|bash)$/.test(key) ? findInScript(text) : null;
}

/** Of a file that names none of its fields. */
function findInAccounts(key: string, text: string): SecretMatch | null {
  for (const { file, line } of PASSWORD_FILES) {
    for (const [, password = ""] of file.test(key) ? text.matchAll(line) : []) {
      const match = findSecretInEntry("password", password);
      if (match) return match;
    }
  }
  return null;
}

/** Files of what a program says in a language: under `password` is a label, under `passphrase` a sentence. */
const TRANSLATIONS =
  /(?:^|[_./-])(?:messages?|i18n|l10n|locales?|translations?|strings|languages?)(?:[_.-][a-z]{2}(?:[_-][a-z]{2,4})?)?\.(?:properties|json|ya?ml|xml|po|strings)$/i;

/** Credentials in one value of a ConfigMap: the value itself, and the entries of the file that it may be (JSON, YAML, XML, properties, INI, dotenv), as `look` reads them. */
export function findSecretsInData(key: string, value: string, look = findInEntry): SecretMatch[] {
  const redacted = readRedactedLines(value);
  if (redacted) return redacted;
  const found = new Map<string, SecretMatch>();
  const whole = value.trimEnd().includes("\n") ? findSecretInText(value) : findInEntry(key, value);
  for (const entry of flattenConfig(value)) {
    const match = look(entry.key, entry.value);
    const mayBeSaid = match?.rule === "default-password" || (match?.rule === "named-literal" && /\s/.test(entry.value.trim()));
    if (match && !(mayBeSaid && TRANSLATIONS.test(key))) found.set(`${match.rule} ${entry.key}`, { ...match, key: entry.key });
  }
  const start = value.slice(0, MAX_SCANNED_CHARACTERS);
  const inProgram = found.size === 0 ? (findInAccounts(key, start) ?? findInProgram(key, start) ?? findInCopies(value)) : null;
  if (inProgram) found.set(inProgram.rule, inProgram);
  const isCovered = whole !== null && [...found.values()].some((match) => match.rule === whole.rule);
  return whole && !isCovered ? [whole, ...found.values()] : [...found.values()];
}
