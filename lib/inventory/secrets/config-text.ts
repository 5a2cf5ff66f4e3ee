import { isRecord, type JsonRecord, text } from "../../model/json";
import { createVariables, pointedAt } from "./create-variables";
import { findInlineEntries } from "./inline-entries";
import { createKeyLines, isKeyOfSecret } from "./key-of-secret";
import { findAccountPassword } from "./named-secret";
import { isCredentialName, isPasswordName } from "./secret-names";
import { isCode, isLiteralCredential, isReference } from "./secret-values";
import { withoutComment } from "../values/without-comment";

/** One entry of a configuration file: the last name before the value, and the value as text. */
export interface ConfigEntry {
  readonly key: string;
  readonly value: string;
}

const MAX_CHARACTERS = 262_144;
const MAX_ENTRIES = 5_000;
/** Of what is longer only the first name is read: it is minified. */
const MAX_LINE = 16_384;
/** Also a flag among those that a script or a list has in lines of their own, and a variable of systemd. */
const LINE = /^\s*(?:-\s+)?(?:export\s+|set\s+|ENV\s+|Environment=)?(["']?)(?:--?)?([A-Za-z_][\w.-]*)(["']?)\s*(=>|:[:=]?|=)(.*)$/s;
/** Where a quote before the name is around the value too, what ends it: `- "--token=x"`. */
const END: Readonly<Record<string, RegExp>> = { '"': /(?<!\\)".*$/s, "'": /'.*$/s };
/** A constant of PHP. */
const DEFINED = /^\s*define\(\s*["']([A-Za-z_]\w*)["']\s*,\s*(["'].*["'])\s*\)(?:\s*;)?\s*$/;

/** Redis writes names and values side by side; of its settings these hold passwords. Rules of its users have one behind `>`, or its checksum behind `#`. */
const REDIS_LINES = [
  /^\s*(requirepass|masterauth)\s+(\S+)\s*$/,
  /^\s*sentinel\s+(auth-pass)\s+\S+\s+(\S+)\s*$/,
  /^user\s+(\S+)\s[^\n]{0,400}?(?<=\s)(?:>(\S{3,200})|#([0-9a-f]{64})(?=\s|$))/,
];

/**
 * Fluentd, Fluent Bit, HAProxy and BIND write all of theirs so, as sentences are written: only what is a credential by its name and its look is an entry.
 * Words may stand before: `user ada password x`, `set $api_key x`, `Header X-Api-Key x`, `ENV DB_PASSWORD x`.
 */
const TWO_WORDS = /^\s*(?:[a-z][\w-]{0,63}\s+|Header\s+|ENV\s+){0,3}?(?:set\s+\$)?([A-Za-z_][\w.-]{0,127})\s+(\S{8,4096})\s*$/;
/** `encrypt: {key: x}`, over lines or not: what such a key is for stands above. */
const KEY_HOLDER = /^(?:encrypt(?:ion)?|jwt(?:settings|options|config(?:uration)?|bearer|auth(?:entication)?)?|hmac|signing|api)$/i;

function withHolder(entry: ConfigEntry, holder: string | undefined): ConfigEntry {
  if (entry.key === "value" && holder !== undefined && isCredentialName(holder)) return { key: holder, value: entry.value };
  const isKey = /^key$/i.test(entry.key) && holder !== undefined && KEY_HOLDER.test(holder);
  return isKey && entry.value.length >= 16 && /\d/.test(entry.value) && !NAME.test(entry.value) ? { key: `${holder}.key`, value: entry.value } : entry;
}

/** `kubernetes.labels.v1`: names of things. */
const NAME = /^[a-z]+\d*(?:[-_.](?:[a-z]+\d*|\d{1,4}))+$/;
/** NGINX tells so where it sends requests on to: `fastcgi_pass php-fpm:9000;`. */
const SENDS_ON = /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass/;

const QUOTED = /^(["'])[\s\S]*\1[,;]?$/;
/** A field of an object of a program, which is given a variable: `self.password = password`. */
const OF_PROGRAM = /^(?:self|this|cls)\./;
/** Without quotes, a word with a digit; code, an option or a word of a sentence is none: `VARCHAR(255)`, `$config['token']`, `2>/dev/null`, `--all`, `authentication.` */
const BARE = /^(?!-)(?=\D*\d)[^\s"'`()[\]{}<>|&$,]+$/;

/** What stands where code and sentences may stand as well; null = that is no value. */
function toCertainValue(written: string): string | null {
  const value = toPlainValue(written);
  return QUOTED.test(written) || BARE.test(value) ? value : null;
}

function findTwoWords(line: string): ConfigEntry | null {
  const [, key = "", written = ""] = TWO_WORDS.exec(line) ?? [];
  if (key === "") return null;
  if (findAccountPassword(key, written)) return { key, value: written };
  if (!isCredentialName(key) || SENDS_ON.test(key)) return null;
  const value = toCertainValue(written.replace(/;$/, ""));
  const mayBePoor = isPasswordName(key) && BARE.test(written) && /[A-Za-z]/.test(written);
  return value !== null && (mayBePoor || isLiteralCredential(key, value)) && !isReference(value) && !NAME.test(value) ? { key, value } : null;
}

function findRedis(line: string): ConfigEntry | null {
  for (const pattern of REDIS_LINES) {
    const [, key, password, value = password ?? ""] = pattern.exec(line) ?? [];
    if (key !== undefined) return { key: pattern.source.startsWith("^user") ? "password" : key, value: toPlainValue(value) };
  }
  return null;
}

/** An arrow stands before a value in settings of Logstash, and before any code in programs of PHP, Ruby and JavaScript; before code stand other signs as well. */
function findAssigned(line: string): ConfigEntry | null {
  const [, opened = "", key = "", closed, sign, rest = ""] = LINE.exec(line) ?? [];
  // An address is no name with a value.
  if (sign === undefined || (sign === ":" && rest.startsWith("//"))) return null;
  const end = closed === "" ? END[opened] : undefined;
  const written = end ? rest.replace(end, "") : rest;
  const value = sign === "=>" ? toCertainValue(written.trim()) : toPlainValue(written);
  const isOfProgram = isCode(withoutComment(written.trim())) || (OF_PROGRAM.test(key) && !QUOTED.test(written.trim()));
  return { key, value: value === null || isOfProgram ? "" : value };
}

/** What a line may be alone. */
function findInLine(line: string): ConfigEntry | null {
  const assigned = findAssigned(line);
  if (assigned) return assigned;
  const defined = line.includes("define(") ? DEFINED.exec(line) : null;
  if (defined) return { key: defined[1] ?? "", value: toPlainValue(defined[2] ?? "") };
  // Most lines that assign nothing are one word: those of keys and certificates.
  return /\S\s/.test(line) ? (findRedis(line) ?? findTwoWords(line)) : null;
}

/** Of a list in YAML: a flag alone, whose value is the next item. */
const FLAG_ITEM = /^\s*-\s+["']?--?([A-Za-z_][\w.-]*)["']?\s*$/;
const ITEM = /^\s*-\s+(\S.*)$/;

/** JSON, or a file of several lines. */
export const BODY = /^\s{0,99}[[{]|\n/;
/** One of the words that a program is started with, or of its variables. */
const WORD = /^(--?)?([A-Za-z_][\w.-]{0,127})(?:=([\s\S]*))?$/;

/** What such words tell, as Docker keeps them: `["--password", "x"]`, `["DB_PASSWORD=x"]`. */
function flattenWords(words: readonly unknown[]): ConfigEntry[] {
  return words.flatMap((word, i) => {
    const [, dashes, key = "", assigned] = (typeof word === "string" && WORD.exec(word)) || [];
    const next = words[i + 1];
    const value = assigned ?? (dashes !== undefined && typeof next === "string" && !next.startsWith("-") ? next : null);
    return key === "" || value === null ? [] : [{ key, value }];
  });
}

function flattenJson(value: unknown, key: string, entries: ConfigEntry[], depth: number, holder = ""): void {
  if (entries.length >= MAX_ENTRIES || depth > 12) return;
  if (typeof value === "string") {
    entries.push(withHolder({ key, value }, holder));
    if (BODY.test(value)) entries.push(...flattenConfig(value));
  } else if (Array.isArray(value)) {
    for (const item of value) flattenJson(item, key, entries, depth + 1, holder);
    entries.push(...flattenWords(value));
  } else if (isRecord(value)) for (const [name, item] of Object.entries(value)) flattenJson(item, entryName(value, name, key), entries, depth + 1, key);
}

/** What the value of a name stands under, beside it: in pairs of Kubernetes and of headers, in parameters of Argo CD, and in those of Tekton that may go unset. */
const VALUES: ReadonlySet<string> = new Set(["value", "string", "array", "default"]);

/**
 * What an item of an object is called: of a pair of a name and a value, as variables and headers are, the value has that name, and of a user's credentials, as
 * Keycloak exports them, that of their type. Operations of patches point at what they are for. A value alone is that of its holder: `password: {value: x}`. "" = only
 * what its own format tells counts: it is the key of an entry in a Secret.
 */
export function entryName(holder: JsonRecord, key: string, holderName: string): string {
  if (!VALUES.has(key)) return isKeyOfSecret(holder, key, holderName) ? "" : key;
  const name = text(holder.name) ?? text(holder.key) ?? pointedAt(text(holder.path) ?? "") ?? (holder.type === "password" ? "password" : undefined);
  return name ?? (key === "value" && holderName !== "" ? holderName : key);
}

function toPlainValue(raw: string): string {
  // Of a script, a line that goes on.
  const written = raw
    .trim()
    .replace(/[,;]$|\s\\$/, "")
    .trimEnd();
  const quoted = /^("""|'''|["'])([\s\S]*)\1;?$/.exec(written);
  return quoted ? (quoted[2] ?? "") : withoutComment(written);
}

const ELEMENT = /<([A-Za-z_][\w.:-]{0,127})(?:\s[^<>]{0,1000})?>\s{0,99}(?:<!\[CDATA\[)?([^<>]{1,1000}?)(?:\]\]>)?\s{0,99}<\/\1>/g;
/** Of Hadoop, of Spring and its kin, and of Hibernate. */
const NAMED = [
  /<name>([^<>]{1,200})<\/name>\s{0,99}<value>([^<>]{1,1000})<\/value>/g,
  /\s(?:name|key)=["']([\w.-]{1,200})["']\s{1,99}value=["']([^"'<>]{1,1000})["']/g,
  /\sname=["']([\w.-]{1,200})["']\s{0,99}>([^<>]{1,1000})<\//g,
] as const;
const ATTRIBUTE = /\s([A-Za-z_][\w.:-]{0,127})=["']([^"'<>]{1,1000})["']/g;

/** Elements, attributes, and pairs of a name and a value. */
function flattenXml(xml: string): ConfigEntry[] {
  return [ELEMENT, ...NAMED, ATTRIBUTE].flatMap((pattern) =>
    [...xml.matchAll(pattern).take(MAX_ENTRIES)].map(([, key = "", value = ""]) => ({ key: key.trim().replace(/\s+/g, " "), value: value.trim() })),
  );
}

/** The entries of a JSON, YAML, XML, properties, INI or dotenv text, nested ones by their last name; dashboards and plain text have none. */
export function flattenConfig(whole: string): ConfigEntry[] {
  if (whole.length > MAX_CHARACTERS) return [];
  const entries: ConfigEntry[] = [];
  const start = whole.trimStart()[0];
  if (start === "{" || start === "[") {
    try {
      const parsed: unknown = JSON.parse(whole);
      if (isRecord(parsed) && Array.isArray(parsed.panels)) return [];
      flattenJson(parsed, "", entries, 0);
      return entries;
    } catch {
      // not JSON after all: read it line by line
    }
  }
  if (start === "<") entries.push(...flattenXml(whole));
  const variables = createVariables();
  let flag: string | undefined;
  const holders: { readonly key: string; readonly indent: number }[] = [];
  const lines = whole.split("\n");
  const isKeyLine = createKeyLines(lines);
  for (const [at, line] of lines.entries()) {
    if (entries.length >= MAX_ENTRIES) break;
    if (/^\s*(?:#|\/\/|;)/.test(line) || isKeyLine(at)) continue;
    const [, item = ""] = flag === undefined ? [] : (ITEM.exec(line) ?? []);
    if (flag !== undefined && item !== "" && !/^["']?-/.test(item)) entries.push({ key: flag, value: toPlainValue(item) });
    flag = FLAG_ITEM.exec(line)?.[1];
    const found = findInLine(line);
    const indent = line.search(/\S/);
    const entry = variables.take(line, found);
    while (indent >= 0 && indent <= (holders.at(-1)?.indent ?? -1)) holders.pop();
    if (entry) entries.push(withHolder(entry, holders.at(-1)?.key));
    if (entry?.value === "") holders.push({ key: entry.key, indent });
    if (line.length <= MAX_LINE) entries.push(...findInlineEntries(line).filter(({ key, value }) => key !== entry?.key || value !== entry.value));
  }
  return entries;
}
