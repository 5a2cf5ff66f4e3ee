import { isRecord } from "../model/json";
import { withoutComment } from "./without-comment";

/** One entry of a configuration file: the last name before the value, and the value as text. */
export interface ConfigEntry {
  readonly key: string;
  readonly value: string;
}

const MAX_CHARACTERS = 262_144;
const MAX_ENTRIES = 5_000;
const LINE = /^\s*(?:-\s+)?(?:export\s+|set\s+)?["']?([A-Za-z_][\w.-]*)["']?\s*[:=](.*)$/s;

/** Redis writes names and values side by side; of its settings these hold passwords. */
const REDIS_LINE = /^\s*(requirepass|masterauth)\s+(\S+)\s*$/;

function flattenJson(value: unknown, key: string, entries: ConfigEntry[], depth: number): void {
  if (entries.length >= MAX_ENTRIES || depth > 12) return;
  if (typeof value === "string") entries.push({ key, value });
  else if (Array.isArray(value)) for (const item of value) flattenJson(item, key, entries, depth + 1);
  else if (isRecord(value)) for (const [name, item] of Object.entries(value)) flattenJson(item, name, entries, depth + 1);
}

function toPlainValue(raw: string): string {
  const text = raw.trim().replace(/,$/, "");
  const quoted = /^(["'])([\s\S]*)\1;?$/.exec(text);
  return quoted ? (quoted[2] ?? "") : withoutComment(text);
}

const ELEMENT = /<([A-Za-z_][\w.:-]{0,127})(?:\s[^<>]{0,1000})?>\s{0,99}(?:<!\[CDATA\[)?([^<>]{1,1000}?)(?:\]\]>)?\s{0,99}<\/\1>/g;
/** Of Hadoop, and of Spring and its kin. */
const NAMED = [
  /<name>([^<>]{1,200})<\/name>\s{0,99}<value>([^<>]{1,1000})<\/value>/g,
  /\s(?:name|key)=["']([\w.-]{1,200})["']\s{1,99}value=["']([^"'<>]{1,1000})["']/g,
] as const;
const ATTRIBUTE = /\s([A-Za-z_][\w.:-]{0,127})=["']([^"'<>]{1,1000})["']/g;

/** Elements, attributes, and pairs of a name and a value. */
function flattenXml(text: string): ConfigEntry[] {
  return [ELEMENT, ...NAMED, ATTRIBUTE].flatMap((pattern) =>
    [...text.matchAll(pattern).take(MAX_ENTRIES)].map(([, key = "", value = ""]) => ({ key: key.trim().replace(/\s+/g, " "), value: value.trim() })),
  );
}

/** The entries of a JSON, YAML, XML, properties, INI or dotenv text, nested ones by their last name; dashboards and plain text have none. */
export function flattenConfig(text: string): ConfigEntry[] {
  if (text.length > MAX_CHARACTERS) return [];
  const entries: ConfigEntry[] = [];
  const start = text.trimStart()[0];
  if (start === "{" || start === "[") {
    try {
      const parsed: unknown = JSON.parse(text);
      if (isRecord(parsed) && Array.isArray(parsed.panels)) return [];
      flattenJson(parsed, "", entries, 0);
      return entries;
    } catch {
      // not JSON after all: read it line by line
    }
  }
  if (start === "<") entries.push(...flattenXml(text));
  if (!text.includes("\n") && !LINE.test(text) && !REDIS_LINE.test(text)) return entries;
  for (const line of text.split("\n")) {
    if (entries.length >= MAX_ENTRIES) break;
    if (/^\s*(?:#|\/\/|;)/.test(line)) continue;
    const found = LINE.exec(line) ?? REDIS_LINE.exec(line);
    if (found) entries.push({ key: found[1] ?? "", value: toPlainValue(found[2] ?? "") });
  }
  return entries;
}
