/** Turns a plain scalar into its value, as the full parser would. */
export type ResolveScalar = (scalar: string) => unknown;

/** Thrown inside this file only: the text needs the full parser. */
const NOT_PLAIN = new Error("not plain");

const KEY = /^[A-Za-z_][\w./-]*$/;
/** Whole numbers that JavaScript holds exactly, in the one form that programs write. */
const WHOLE = /^(?:0|[1-9]\d{0,14})$/;
/** No number is written so: addresses, flags, percentages; `100m`, `512Mi`, `30s`; `1.2.3`. */
const TEXT = /[^\w.+~-]|^\d.*(?:[g-np-wyzG-NP-WYZ]|\..*\.)/;
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const DEEPEST = 100;
const LONGEST_KEY = 1_000;

/** Blocks of one document, line by line; a compact `- key: value` becomes a line of its own when it is reached. */
class PlainReader {
  readonly #indents: number[] = [];
  readonly #lines: string[] = [];
  readonly #resolve: ResolveScalar;
  #at = 0;
  #depth = 0;

  constructor(text: string, resolve: ResolveScalar) {
    this.#resolve = resolve;
    for (const line of text.split("\n")) {
      let indent = 0;
      while (line.charCodeAt(indent) === 32) indent += 1;
      if (indent === line.length || line.charCodeAt(indent) === 35) continue;
      const content = line.slice(indent).trimEnd();
      if (content.startsWith("---") || content.startsWith("...")) throw NOT_PLAIN;
      this.#lines.push(content);
      this.#indents.push(indent);
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
      const line = this.#line();
      const { key, rest } = readKey(line);
      if (Object.hasOwn(found, key) || key === "__proto__") throw NOT_PLAIN;
      this.#at += 1;
      if (rest !== "") found[key] = this.#scalar(rest);
      else if (this.#indent() > indent || (this.#indent() === indent && this.#isItem())) found[key] = this.#block(this.#indent());
      else found[key] = null;
    }
    return found;
  }

  #sequence(indent: number): unknown[] {
    const items: unknown[] = [];
    while (this.#indent() === indent && this.#isItem()) {
      const line = this.#line();
      const rest = line.slice(1).trimStart();
      if (rest === "") {
        this.#at += 1;
        items.push(this.#indent() > indent ? this.#block(this.#indent()) : null);
      } else if (rest.startsWith("- ") || isPair(rest)) {
        this.#lines[this.#at] = rest;
        this.#indents[this.#at] = indent + line.length - rest.length;
        items.push(this.#block(this.#indent()));
      } else {
        this.#at += 1;
        items.push(this.#scalar(rest));
      }
    }
    return items;
  }

  #scalar(written: string): unknown {
    const first = written.charCodeAt(0);
    if (first === 34 || first === 39) return readQuoted(written);
    if (written === "{}") return {};
    if (written === "[]") return [];
    if (/^(?:[&*!|>%@`?,[\]{}#:]|-$|- |---|\.\.\.|<<)/.test(written) || written.endsWith(":") || written.includes(": ") || written.includes(" #"))
      throw NOT_PLAIN;
    const isWord = (first >= 97 && first <= 122) || (first >= 65 && first <= 90) || first === 47;
    if (isWord ? !RESERVED.test(written) : TEXT.test(written)) return written;
    return WHOLE.test(written) ? Number(written) : this.#resolve(written);
  }
}

function readQuoted(written: string): string {
  const quote = written.charAt(0);
  const inner = written.slice(1, -1);
  if (written.length < 2 || !written.endsWith(quote) || inner.includes(quote) || (quote === '"' && inner.includes("\\"))) throw NOT_PLAIN;
  return inner;
}

function isPair(written: string): boolean {
  const quote = written.charAt(0);
  if (quote === '"' || quote === "'") return written.indexOf(quote, 1) !== written.length - 1;
  return written.endsWith(":") || written.includes(": ");
}

function readKey(line: string): { readonly key: string; readonly rest: string } {
  const quote = line.charAt(0);
  const isQuoted = quote === '"' || quote === "'";
  const colon = isQuoted ? line.indexOf(quote, 1) + 1 : line.indexOf(":");
  if (colon <= 0 || colon > LONGEST_KEY || line.charAt(colon) !== ":") throw NOT_PLAIN;
  const written = line.slice(0, colon);
  const key = isQuoted ? readQuoted(written) : written;
  if (!isQuoted && (!KEY.test(key) || RESERVED.test(key))) throw NOT_PLAIN;
  if (colon + 1 < line.length && line.charAt(colon + 1) !== " ") throw NOT_PLAIN;
  return { key, rest: line.slice(colon + 1).trimStart() };
}

/**
 * Reads the YAML that programs write, four times as fast as a full parser: blocks of one-line values in ASCII. Null when the text
 * has anything else, such as anchors, tags, flow collections or text over several lines: then the full parser must read it.
 */
export function parsePlainYaml(text: string, resolve: ResolveScalar): { readonly value: unknown } | null {
  if (/[^\n\x20-\x7e]/.test(text)) return null;
  try {
    return { value: new PlainReader(text, resolve).read() };
  } catch (error) {
    if (error === NOT_PLAIN) return null;
    throw error;
  }
}
