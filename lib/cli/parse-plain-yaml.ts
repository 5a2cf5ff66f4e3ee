import { remembered } from "../model/remembered";
import { loadScalar } from "./load-yaml";

/** Thrown inside this file only: the text needs the full parser. */
const NOT_PLAIN = new Error("not plain");

const KEY = /^[A-Za-z_][\w./-]*$/;
/** Whole numbers that JavaScript holds exactly, in the one form that programs write. */
const WHOLE = /^(?:0|[1-9]\d{0,14})$/;
/** No number is written so: addresses, flags, percentages; digests; `100m`, `512Mi`, `30s`; `1.2.3`. */
const TEXT = /[^\w.+~-]|^(?:[1-9]|0[0-9acdf]).*[a-df-zA-DF-Z]|^\d.*(?:[g-np-wyzG-NP-WYZ]|\..*\.)/;
const CONSTANTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const DEEPEST = 100;
const LONGEST_KEY = 1_000;

/** Of manifests, which repeat themselves: nearly every line was read before, in another object. */
const REMEMBERED = { limit: 50_000, holds: (text: string) => text.length <= 100 };

type Collection = "{}" | "[]";
/** Of each, a new one is made wherever it is written. */
const isCollection = (written: string): written is Collection => written === "{}" || written === "[]";

function readQuoted(written: string): string {
  const quote = written.charAt(0);
  const inner = written.slice(1, -1);
  if (written.length < 2 || !written.endsWith(quote) || inner.includes(quote) || (quote === '"' && inner.includes("\\"))) throw NOT_PLAIN;
  return inner;
}

/** No collection. */
function readScalar(written: string): unknown {
  const first = written.charCodeAt(0);
  if (first === 34 || first === 39) return readQuoted(written);
  if (CONSTANTS.has(written)) return CONSTANTS.get(written);
  if (/^(?:[&*!|>%@`?,[\]{}#:]|-$|- |---|\.\.\.|<<)/.test(written) || written.endsWith(":") || written.includes(": ") || written.includes(" #"))
    throw NOT_PLAIN;
  const isWord = (first >= 97 && first <= 122) || (first >= 65 && first <= 90) || first === 47;
  if (isWord ? !RESERVED.test(written) : TEXT.test(written)) return written;
  return WHOLE.test(written) ? Number(written) : loadScalar(written);
}

/** Null of nothing, and of what is made anew each time. */
function readValue(rest: string): unknown {
  return rest === "" || isCollection(rest) ? null : readScalar(rest);
}

/** `key: value` of a mapping; what has no value may be followed by a block. */
const readPair = remembered((line: string): { readonly key: string; readonly rest: string; readonly value: unknown } => {
  const quote = line.charAt(0);
  const isQuoted = quote === '"' || quote === "'";
  const colon = isQuoted ? line.indexOf(quote, 1) + 1 : line.indexOf(":");
  if (colon <= 0 || colon > LONGEST_KEY || line.charAt(colon) !== ":") throw NOT_PLAIN;
  const written = line.slice(0, colon);
  const key = isQuoted ? readQuoted(written) : written;
  if (key === "__proto__" || (!isQuoted && (!KEY.test(key) || RESERVED.test(key)))) throw NOT_PLAIN;
  if (colon + 1 < line.length && line.charAt(colon + 1) !== " ") throw NOT_PLAIN;
  const rest = line.slice(colon + 1).trimStart();
  return { key, rest, value: readValue(rest) };
}, REMEMBERED);

function isPair(written: string): boolean {
  const quote = written.charAt(0);
  if (quote === '"' || quote === "'") return written.indexOf(quote, 1) !== written.length - 1;
  return written.endsWith(":") || written.includes(": ");
}

/** `- value` of a sequence; `isBlock`: what follows the dash is the first line of a block. */
const readItem = remembered((line: string): { readonly rest: string; readonly isBlock: boolean; readonly value: unknown } => {
  const rest = line.slice(1).trimStart();
  const isBlock = rest.startsWith("- ") || isPair(rest);
  return { rest, isBlock, value: isBlock ? null : readValue(rest) };
}, REMEMBERED);

function toCollection(written: Collection): unknown {
  return written === "{}" ? {} : [];
}

/** Blocks of one document, line by line; a compact `- key: value` becomes a line of its own when it is reached. */
class PlainReader {
  readonly #indents: number[] = [];
  readonly #lines: string[] = [];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    for (let start = 0; start < text.length; ) {
      const newline = text.indexOf("\n", start);
      const next = newline < 0 ? text.length : newline;
      let from = start;
      while (from < next && text.charCodeAt(from) === 32) from += 1;
      let end = next;
      while (end > from && text.charCodeAt(end - 1) === 32) end -= 1;
      if (from < end && text.charCodeAt(from) !== 35) {
        const line = text.slice(from, end);
        if (line.startsWith("---") || line.startsWith("...")) throw NOT_PLAIN;
        this.#lines.push(line);
        this.#indents.push(from - start);
      }
      start = next + 1;
    }
  }

  /** A line that is too deep, such as the second of a text over several lines, belongs to no block and is left over. */
  read(): unknown {
    const value = this.#block(this.#indent());
    if (this.#at < this.#lines.length) throw NOT_PLAIN;
    return value;
  }

  /** Of the line that is next; -1 at the end. */
  #indent(): number {
    return this.#indents[this.#at] ?? -1;
  }

  #line(): string {
    return this.#lines[this.#at] ?? "";
  }

  #isItem(): boolean {
    const line = this.#line();
    return line.startsWith("- ") || line === "-";
  }

  #block(indent: number): unknown {
    this.#depth += 1;
    if (indent < 0 || this.#depth > DEEPEST) throw NOT_PLAIN;
    const value = this.#isItem() ? this.#sequence(indent) : this.#mapping(indent);
    this.#depth -= 1;
    return value;
  }

  #mapping(indent: number): Record<string, unknown> {
    const found: Record<string, unknown> = {};
    while (this.#indent() === indent && !this.#isItem()) {
      const { key, rest, value } = readPair(this.#line());
      if (Object.hasOwn(found, key)) throw NOT_PLAIN;
      this.#at += 1;
      if (isCollection(rest)) found[key] = toCollection(rest);
      else if (rest === "" && (this.#indent() > indent || (this.#indent() === indent && this.#isItem()))) found[key] = this.#block(this.#indent());
      else found[key] = value;
    }
    return found;
  }

  #sequence(indent: number): unknown[] {
    const items: unknown[] = [];
    while (this.#indent() === indent && this.#isItem()) {
      const line = this.#line();
      const { rest, isBlock, value } = readItem(line);
      if (isBlock) {
        this.#lines[this.#at] = rest;
        this.#indents[this.#at] = indent + line.length - rest.length;
        items.push(this.#block(this.#indent()));
        continue;
      }
      this.#at += 1;
      if (isCollection(rest)) items.push(toCollection(rest));
      else items.push(rest === "" && this.#indent() > indent ? this.#block(this.#indent()) : value);
    }
    return items;
  }
}

/**
 * Reads the YAML that programs write, four times as fast as a full parser: blocks of one-line values in ASCII. Null when the text
 * has anything else, such as anchors, tags, flow collections or text over several lines: then the full parser must read it.
 */
export function parsePlainYaml(text: string): { readonly value: unknown } | null {
  if (/[^\n\x20-\x7e]/.test(text)) return null;
  try {
    return { value: new PlainReader(text).read() };
  } catch {
    // A line that is no value by itself too, such as `.nan`: it may be the first of a text over several lines.
    return null;
  }
}
