import { stringify } from "yaml";
import { cutDeep } from "../model/cut-deep";
import { parsePath } from "../model/field-path";
import { isRecord } from "../model/json";
import { hasHidden, showHidden } from "./show-hidden";

export interface YamlText {
  readonly text: string;
  /** 1-based line of a field path; the line of its nearest existing parent when the field is not set, null for the root. */
  readonly lineOf: (path: string) => number | null;
}

/** Where the entries of a map or a list stand, by key or index. */
interface Place {
  readonly entries: Map<string | number, { readonly line: number; readonly below: Place | null }>;
}

/**
 * Texts that are written as they are, which are nearly all; whatever else YAML needs is left to the library. kubectl reads YAML 1.1, to which
 * `yes` and `on` are truth values.
 */
const PLAIN = /^(?!(?:true|false|null|yes|no|on|off|y|n|e-?\d+)$)[a-z/][\w./@-]*(?::[\w./@-]+)*$/;

const OPTIONS = { lineWidth: 0, version: "1.1" } as const;

/** A text with characters that nobody would see: in quotes, each of them as an escape, so that lines show what they hold. Lines of it stay lines. */
function writeEscaped(text: string): string {
  const lines = text.split("\n").map((line) => showHidden(JSON.stringify(line).slice(1, -1)));
  return `"${lines.map((line, at) => (at > 0 && line.startsWith(" ") ? `\\${line}` : line)).join("\\n\\\n  ")}"`;
}

/** Lines of blanks alone: in a block, which is what the library makes of them, they would be taken for its indentation and read back as fewer. */
const BLANK_LINES = /^(?=.*[ \t])(?=.*\n)[ \t\n]+$/s;

function writeText(text: string): string | null {
  if (BLANK_LINES.test(text)) return JSON.stringify(text);
  return hasHidden(text) ? writeEscaped(text) : null;
}

/** How a value without entries is written after `key: ` in a map that is not indented, and a key before the colon. */
function createWriters() {
  const known = new Map<unknown, string>();
  const writeValue = (value: unknown): string => {
    if (typeof value === "string" && PLAIN.test(value)) return value;
    const found = known.get(value);
    if (found !== undefined) return found;
    const written = (typeof value === "string" ? writeText(value) : null) ?? stringify({ k: value }, OPTIONS).slice("k: ".length, -1);
    if (typeof value !== "object") known.set(value, written);
    return written;
  };
  const writeKey = (key: string): string => {
    if (PLAIN.test(key)) return key;
    return /[\n\r]/.test(key) || key.length > 1_000 || hasHidden(key)
      ? showHidden(JSON.stringify(key))
      : stringify({ [key]: 0 }, OPTIONS).slice(0, -": 0\n".length);
  };
  return { writeValue, writeKey };
}

function hasEntries(value: unknown): value is object {
  return Array.isArray(value) ? value.length > 0 : isRecord(value) && Object.values(value).some((item) => item !== undefined);
}

/** Writes line by line, and notes where: reading the text again to find its fields takes longer than all the rest. */
function createPrinter() {
  const lines: string[] = [];
  const { writeValue, writeKey } = createWriters();

  function printEntry(head: string, value: unknown, indent: string): Place | null {
    if (!hasEntries(value)) {
      const [first = "", ...rest] = writeValue(value).split("\n");
      lines.push(`${head} ${first}`);
      for (const line of rest) lines.push(line === "" ? line : indent + line);
      return null;
    }
    if (head.endsWith("-")) return print(value, `${indent}  `, `${head} `);
    lines.push(head);
    return print(value, Array.isArray(value) ? indent : `${indent}  `);
  }

  /** `start` stands before the first entry, instead of its indentation. */
  function print(value: object, indent: string, start = indent): Place {
    const entries: Place["entries"] = new Map();
    const isList = Array.isArray(value);
    let before = start;
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined && !isList) continue;
      const line = lines.length + 1;
      const below = printEntry(before + (isList ? "-" : `${writeKey(key)}:`), item, indent);
      entries.set(isList ? Number(key) : key, { line, below });
      before = indent;
    }
    return { entries };
  }

  return { lines, print };
}

/** An object as the YAML that people know from kubectl, with the line of every field; what `cutDeep` leaves out is left out. */
export function toYamlText(object: object): YamlText {
  const { lines, print } = createPrinter();
  const cut = cutDeep(object);
  const root = hasEntries(cut) ? print(cut, "") : null;
  const lineOf = (path: string): number | null => {
    let place = root;
    let line: number | null = null;
    for (const step of parsePath(path)) {
      const entry = place?.entries.get(step);
      if (entry === undefined) break;
      line = entry.line;
      place = entry.below;
    }
    return line;
  };
  return { text: root === null ? stringify(cut) : `${lines.join("\n")}\n`, lineOf };
}
