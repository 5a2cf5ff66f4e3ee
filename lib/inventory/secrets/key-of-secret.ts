import { isRecord, type JsonRecord } from "../../model/json";

/** As charts and ExternalSecrets call the key of an entry in a Secret, and programs a credential. */
const SECRET_KEY = /(?:^|[a-z])[sS]ecretKey$/;
/** What says beside it which Secret that is, or where its entry comes from. */
const NAMES_SECRET = /(?:existing_?secret|secret_?name|secret_?(?:key_?)?ref|from_?secret|remote_?ref)$/i;
/** What says beside it that both together are a credential: those of S3 and its kin. */
const HALF = /access_?key(?:_?id)?$/i;
/** No generated credential looks so: words and a count of things, as in `basic-auth-1`. */
const COUNTED = /^[a-z]+(?:-[a-z]+)+-v?\d{1,2}$/;
const KEY = /^[\w.-]{1,253}$/;

/** Names are words; what a program generates changes between letters, cases and numbers all the time. */
function isGenerated(value: string): boolean {
  const runs = value.match(/[A-Za-z\d]{16,}/g) ?? [];
  return runs.some((run) => run.length < 3 * (run.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? []).length);
}

type Sibling = readonly [name: string, isSet: boolean];

function namesKey(name: string, value: string, siblings: () => readonly Sibling[]): boolean {
  if (!SECRET_KEY.test(name) || !KEY.test(value) || isGenerated(value)) return false;
  const set = siblings().flatMap(([sibling, isSet]) => (isSet ? [sibling] : []));
  return !set.some((sibling) => HALF.test(sibling)) && (COUNTED.test(value) || set.some((sibling) => NAMES_SECRET.test(sibling)));
}

/**
 * Whether a field says under which key a Secret has the credential: `{secretName: db, secretKey: password1}`, and as Strimzi has it,
 * `passwordSecret: {secretName: db, password: password1}`.
 */
export function isKeyOfSecret(holder: JsonRecord, name: string, holderName: string): boolean {
  const value = holder[name];
  if (name === "password" && holderName === "passwordSecret" && typeof holder.secretName === "string" && typeof value === "string")
    return KEY.test(value) && !isGenerated(value);
  const isSet = (item: unknown): boolean => isRecord(item) || (typeof item === "string" && item !== "");
  return typeof value === "string" && namesKey(name, value, () => Object.entries(holder).map(([sibling, item]) => [sibling, isSet(item)]));
}

const LINE = /^["']?([A-Za-z][\w.-]{0,127})["']?:(?:\s+["']?([^"'\s#]{0,256})|$)/;
const LEAD = /^\s*(?:-\s+)?/;
/** Of a mapping, so many lines above and below are looked at. */
const NEAR = 16;

interface Line {
  /** Where what it says begins. */
  readonly column: number;
  readonly isItem: boolean;
  readonly isEmpty: boolean;
  readonly name: string;
  readonly value: string | undefined;
}

function readLine(line: string): Line {
  const [lead = ""] = LEAD.exec(line) ?? [];
  const [, name = "", value] = LINE.exec(line.slice(lead.length, lead.length + 512)) ?? [];
  return { column: lead.length, isItem: lead.includes("-"), isEmpty: lead.length === line.length, name, value };
}

function toSibling({ name, value }: Line): Sibling {
  // What follows lies in lines below.
  return [name, value === undefined ? /ref$/i.test(name) : !/^(?:|~|null)$/.test(value)];
}

/** The same of lines of YAML, each by its number. */
export function createKeyLines(lines: readonly string[]): (at: number) => boolean {
  const read = new Map<number, Line>();

  function lineAt(at: number): Line {
    let line = read.get(at);
    if (!line) read.set(at, (line = readLine(lines[at] ?? "")));
    return line;
  }

  /** One way from a line, to where its mapping ends. */
  function listBeside(from: number, step: 1 | -1): Sibling[] {
    const { column, isItem } = lineAt(from);
    const found: Sibling[] = [];
    let isOver = step < 0 && isItem;
    for (let at = from + step; !isOver && Math.abs(at - from) <= NEAR && at >= 0 && at < lines.length; at += step) {
      const line = lineAt(at);
      if (line.isEmpty) continue;
      if (line.column < column || (step > 0 && line.isItem && line.column === column)) break;
      if (line.column === column && line.name !== "") found.push(toSibling(line));
      isOver = line.isItem && line.column === column;
    }
    return found;
  }

  return (at) => {
    if (lines[at]?.includes("ecretKey") !== true) return false;
    const { name, value = "" } = lineAt(at);
    return namesKey(name, value, () => [...listBeside(at, -1), ...listBeside(at, 1)]);
  };
}
