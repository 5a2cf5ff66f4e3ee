import { isRecord, type JsonRecord, list, parseJson } from "../../model/json";
import { remembered } from "../../model/remembered";
import { findPasswordsInScript, findPasswordsInWords } from "./command-passwords";
import { BODY, flattenConfig } from "./config-text";
import { firstFound } from "./first-found";
import { findInlineEntries } from "./inline-entries";
import { PASSWORD_FILES } from "../data/password-files";
import { findNamedSecret, isRealPassword } from "./named-secret";
import { findBasicPassword, findSecretInText, MAX_SCANNED_CHARACTERS } from "./secret-in-text";
import { readRedactedLines, type SecretMatch, toMatch } from "./secret-match";
import { isAboutCredential, isCredentialName, isPasswordName, normaliseKeyName } from "./secret-names";
import { isLiteralCredential, isPlace, isPlaceholder, isReference } from "./secret-values";
import { listWrittenSecrets } from "./written-secret";

/** Names of what holds settings with values of their own: `JAVA_OPTS`, `mountOptions`, `OTEL_EXPORTER_OTLP_HEADERS`. */
const ASSIGNING = /(?:^|_)(?:opt|option|arg|argument|flag|header|param|parameter)s$/;

/** Docker and containerd keep an account for a registry so: `auth`, and both parts of it in base64. */
function findInValue(name: string, value: string): SecretMatch | null {
  const account = name === "auth" ? findBasicPassword(`basic ${value}`) : null;
  if (account !== null) return toMatch("docker-config", account.length);
  const found = findSecretInText(value);
  if (found !== null) return found;
  const given = withoutBlanks(name, value);
  return given === null ? null : findNamedSecret(name, given);
}

const KEY = /^(?=\D*\d)[A-Za-z0-9+/=-]{16,4096}$/;
const POOR = /^(?=\D*\d)(?=[^A-Za-z]*[A-Za-z])\S{3,256}$/;

/** Whether what stands behind a key may say whom it belongs to: of what is no key, a place, a number or nothing may stand there. */
function mayOwn(value: unknown): boolean {
  return typeof value === "string" ? !isReference(value) && !isPlace(value) && !isPlaceholder(value) : typeof value !== "number" && value !== null;
}

/**
 * What a credential is said to be, JSON in a form without blanks, which credentials hardly have; null = it can be none: `credentials.json` may tell where a
 * program gets its own, and name, place and type of it alone.
 */
function withoutBlanks(name: string, value: string): string | null {
  const parsed = /^\s{0,99}\{/.test(value) && value.length <= MAX_SCANNED_CHARACTERS && isCredentialName(name) ? parseJson(value) : undefined;
  return !isRecord(parsed) ? value : isFilled(name, parsed, value) ? JSON.stringify(parsed).replace(/\s/g, "") : null;
}

function isFilled(name: string, parsed: JsonRecord, value: string): boolean {
  if (Object.entries(parsed).some(([key, owner]) => KEY.test(key) && isLiteralCredential(name, key) && mayOwn(owner))) return true;
  const mayBePoor = isPasswordName(name.replace(/s$/i, ""));
  return flattenConfig(value).some(
    (entry) =>
      !isAboutCredential(entry.key) && !isReference(entry.value) && (isLiteralCredential(entry.key, entry.value) || (mayBePoor && POOR.test(entry.value))),
  );
}

/** What a whole configuration in one value holds, as Spring takes one in SPRING_APPLICATION_JSON: its entries count by their own names. */
function findInBody(body: string): SecretMatch | null {
  return firstFound(flattenConfig(body), ({ key, value }) => findInValue(key, value)) ?? findInCopies(body);
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
  return found?.match ?? firstFound(Object.values(value), (item) => findStarted(item, depth + 1));
}

/** A header and what it says, as Kong lists them: `x-api-key:x`. */
const HEADER_ITEM = /^([A-Za-z][\w-]{0,63}):(\S{3,4096})$/;

function findInEntry(name: string, value: string): SecretMatch | null {
  const match = findInValue(name, value);
  if (match || !/[=:]/.test(value) || !ASSIGNING.test(normaliseKeyName(name.slice(-64)))) return match;
  const [, header = "", said = ""] = HEADER_ITEM.exec(value) ?? [];
  return findNamedSecret(header, said) ?? findInSettings(value);
}

/** A credential under a name: an environment variable, a flag, a key of a configuration. */
export function findSecretInEntry(name: string, value: string): SecretMatch | null {
  return findInEntry(name, value) ?? (BODY.test(value) ? findInBody(value) : null);
}

/** In a list of assignments, which are kept apart by spaces or commas; what they assign is no list again, or `opts=opts=opts=` would have no end. */
function findInSettings(value: string): SecretMatch | null {
  return firstFound(value.slice(0, MAX_SCANNED_CHARACTERS).split(","), (setting) => findAssignment(setting, findInValue));
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

/** Programs of .NET name a setting by the way to it: `--Jwt:Key=x`, `/Jwt:Key=x`. */
const FLAG = /^(?:--?|\/(?=[\w.-]{1,128}[:=]))([A-Za-z][\w.:-]*)(?:=([\s\S]*))?$/;

/** One item of `command` or `args` that holds a credential. */
interface ArgumentSecret {
  readonly index: number;
  readonly match: SecretMatch;
  /** What of the item stands before the credential and is none: `--password=`, `-p`; "" = the item goes as a whole. */
  readonly before: string;
}

/** What an item says by itself, or as the value of a flag before it. */
function findInArgument(item: string, flag: RegExpExecArray | null, before: unknown): SecretMatch | null {
  const [, name = "", value] = flag ?? [];
  if (flag) return value === undefined ? findSecretInText(item) : (findSecretInEntry(name, value) ?? findInner(value, findInEntry));
  const [, flagBefore = "", itsValue] = (typeof before === "string" ? FLAG.exec(before) : null) ?? [];
  const isGiven = flagBefore !== "" && itsValue === undefined;
  const inScript = (): SecretMatch | null => (/\s/.test(item) ? (findInScript(item) ?? findFlag(item) ?? findQuoted(item)) : null);
  return findSecretInText(item) ?? (isGiven ? findSecretInEntry(flagBefore, item) : null) ?? findAssignment(item) ?? inScript();
}

/**
 * Credentials in `command` or `args`, one at most per item: formats, `--password=x`, `--password x`, `export PASSWORD=x`, and what well-known
 * programs take for a password, here or in a script. `command` = what stands before the arguments.
 */
export function findSecretsInArguments(args: readonly unknown[], command: readonly unknown[] = []): readonly ArgumentSecret[] {
  if (args.length === 0) return [];
  const known = new Map(findPasswordsInWords([...command, ...args]).map((password) => [password.index - command.length, password]));
  return args.flatMap((item, index): ArgumentSecret[] => {
    if (typeof item !== "string") return [];
    const flag = FLAG.exec(item);
    const match = findInArgument(item, flag, args[index - 1]);
    if (match) return [{ index, match, before: flag?.[2] === undefined ? "" : `${item.slice(0, item.indexOf("="))}=` }];
    const given = known.get(index);
    const password = given ? findInPassword(given.value) : null;
    return given && password ? [{ index, match: password, before: given.before.startsWith("-") ? given.before : "" }] : [];
  });
}

/** The script that `command` runs, which Argo Workflows has in a field of its own. */
export function findSecretsInSource(source: unknown, command: readonly unknown[]): readonly ArgumentSecret[] {
  return command.length === 0 ? [] : findSecretsInArguments([source], command);
}

function findInPassword(value: string): SecretMatch | null {
  return findSecretInEntry("password", value);
}

function findInScript(script: string): SecretMatch | null {
  return firstFound(findPasswordsInScript(script.slice(0, MAX_SCANNED_CHARACTERS)), findInPassword);
}

const ASSIGNMENT = /(?:^|[\s;&|])(?:--?)?([A-Za-z_][\w.:-]*)=("[^"]*"|'[^']*'|[^\s;&|]+)/g;

/** A flag and its value side by side in one text. A word behind `--password` may be anything in a sentence: only what looks like a credential counts. */
const FLAG_IN_TEXT = /(?:^|\s)--([A-Za-z][\w-]{0,63})\s{1,9}["']?([^\s"'-][^\s"']{7,255})/g;

/** What a script sends or runs in another language: `curl -d '{"password":"x"}'`. */
function findQuoted(script: string): SecretMatch | null {
  return firstFound(findInlineEntries(script.slice(0, MAX_SCANNED_CHARACTERS)), ({ key, value }) => findInEntry(key, value));
}

function findFlag(script: string): SecretMatch | null {
  return firstFound(script.slice(0, MAX_SCANNED_CHARACTERS).matchAll(FLAG_IN_TEXT), ([, name = "", value = ""]) => {
    const match = findNamedSecret(name, value);
    return match?.rule === "default-password" ? null : match;
  });
}

/** What a flag assigns in turn: `--from-literal=password=x`, or one of a list: `--set=auth.enabled=true,auth.password=x`. */
function findInner(value: string, look: typeof findSecretInEntry): SecretMatch | null {
  const listed = value.includes(",") ? value.slice(0, MAX_SCANNED_CHARACTERS).split(",") : [];
  return firstFound([value, ...listed], (assigned) => {
    const [, name = "", inner = ""] = /^([A-Za-z_][\w.-]{0,127})=["']?(.+?)["']?$/s.exec(assigned) ?? [];
    return name === "" || /^\$[^{]/.test(inner) ? null : look(name, inner);
  });
}

function findAssignment(script: string, look = findSecretInEntry): SecretMatch | null {
  return firstFound(script.slice(0, MAX_SCANNED_CHARACTERS).matchAll(ASSIGNMENT), ([, name = "", raw = ""]) => {
    const value = raw.replace(/^["']|["']$/g, "");
    return /^\$[^{]/.test(value) ? null : (look(name, value) ?? findInner(value, look));
  });
}

/** As PostgreSQL, MySQL and SQL Server name it. */
const SQL_PASSWORD =
  /\b(?:(?:PASSWORD|IDENTIFIED(?:\s{1,9}WITH\s{1,9}\S{1,64})?\s{1,9}BY)(?:\s{1,9}=)?\s{1,9}[EN]?|PASSWORD\(\s{0,9})(?:'([^'\n]{3,128})'|(?<=BY\s{1,9})"([^"\n]{3,128})")/gi;

/** What a script gives to programs that it calls, and a statement to the accounts that it makes. */
function findInProgram(key: string, text: string): SecretMatch | null {
  const inStatement = firstFound(text.matchAll(SQL_PASSWORD), ([, single, password = single ?? ""]) =>
    isRealPassword(password) ? findInPassword(password) : null,
  );
  return inStatement ?? (text.startsWith("#!") || /\.(?:sh|bash)$/.test(key) ? findInScript(text) : null);
}

/** Of a file that names none of its fields. */
function findInAccounts(key: string, text: string): SecretMatch | null {
  return firstFound(PASSWORD_FILES, ({ file, line }) =>
    file.test(key) ? firstFound(text.matchAll(line), ([, password = ""]) => findInPassword(password)) : null,
  );
}

/** Files of what a program says in a language: under `password` is a label, under `passphrase` a sentence. */
const TRANSLATIONS =
  /(?:^|[_./-])(?:messages?|i18n|l10n|locales?|translations?|strings|languages?)(?:[_.-][a-z]{2}(?:[_-][a-z]{2,4})?)?\.(?:properties|json|ya?ml|xml|po|strings)$/i;

/** What stands before a credential and is no name of it: `Bearer x`. */
const SCHEME = /^bearer$/i;

/** Credentials in one value of a ConfigMap: the value itself, and the entries of the file that it may be (JSON, YAML, XML, properties, INI, dotenv), as `look` reads them. */
export function findSecretsInData(key: string, value: string, look = findInEntry): SecretMatch[] {
  const redacted = readRedactedLines(value);
  if (redacted) return redacted;
  const found = new Map<string, SecretMatch>();
  const whole = value.trimEnd().includes("\n") ? findSecretInText(value) : findInEntry(key, value);
  for (const entry of flattenConfig(value)) {
    const match = look(entry.key, entry.value);
    const mayBeSaid = match?.rule === "default-password" || (match?.rule === "named-literal" && /\s/.test(entry.value.trim()));
    if (match && !(mayBeSaid && TRANSLATIONS.test(key))) found.set(`${match.rule} ${entry.key}`, SCHEME.test(entry.key) ? match : { ...match, key: entry.key });
  }
  const start = value.slice(0, MAX_SCANNED_CHARACTERS);
  for (const { key: name, value: item } of listWrittenSecrets(start)) {
    if (![...found.values()].some((match) => match.key === name)) found.set(`secret ${name}`, { ...toMatch("named-literal", item.length), key: name });
  }
  const inProgram = found.size === 0 ? (findInAccounts(key, start) ?? findInProgram(key, start) ?? findInCopies(value)) : null;
  if (inProgram) found.set(inProgram.rule, inProgram);
  const isCovered = whole !== null && [...found.values()].some((match) => match.rule === whole.rule);
  return whole && !isCovered ? [whole, ...found.values()] : [...found.values()];
}
