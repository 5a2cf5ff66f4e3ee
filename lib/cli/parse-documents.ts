import { isRecord, type JsonRecord, record } from "../model/json";
import { IS_KUSTOMIZATION } from "./build-files";
import { decodeText } from "./decode-text";
import { firstLine } from "./first-line";
import { type JsonPart, parseJsonStream } from "./parse-json-stream";
import { loadYaml, YAML_DEPTH } from "./load-yaml";
import { isTemplate, startsAsTemplate } from "./is-template";
import { parsePlainYaml } from "./parse-plain-yaml";

/** One object with the place that it was read from. */
export interface ManifestDocument {
  readonly source: string;
  /** 1 for the first document of a source. */
  readonly document: number;
  /** Line on which the document starts, from 1. */
  readonly line: number;
  readonly object: JsonRecord;
}

export interface ManifestError {
  readonly source: string;
  /** 0 = the source as a whole. */
  readonly document: number;
  readonly message: string;
}

/** `a.yaml, document 2`, or the source alone where none of its documents is meant. */
export function sayPlace({ source, document }: ManifestError): string {
  return document > 0 ? `${source}, document ${document}` : source;
}

/** A manifest larger than this is no manifest (etcd takes 1.5 MiB an object); the limit leaves room for large lists. */
const DOCUMENT_LIMIT = 64 * 1024 * 1024;
/** Bytes of one source. */
export const FILE_LIMIT = 8 * DOCUMENT_LIMIT;
/** Aliases may expand a document to this many nodes: enough for every real chart, too few for an expansion bomb. */
const NODE_BUDGET = 2_000_000;

function exceedsBudget(root: unknown): boolean {
  let left = NODE_BUDGET;
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const value = stack.pop();
    left -= 1;
    if (left < 0) return true;
    if (Array.isArray(value)) for (const item of value) stack.push(item);
    else if (isRecord(value)) for (const key in value) stack.push(value[key]);
    if (stack.length > NODE_BUDGET) return true;
  }
  return false;
}

function parseYaml(text: string): unknown {
  const plain = parsePlainYaml(text);
  if (plain !== null) return plain.value;
  const value = loadYaml(text);
  if (/(^|\s)[&*]\w/.test(text) && exceedsBudget(value)) throw new RangeError("its aliases expand to more than two million nodes");
  return value;
}

/** Splits at `---` lines, so that one unreadable document does not take the others with it. */
function* splitYaml(text: string): Generator<{ readonly text: string; readonly line: number }> {
  // Looking for the dashes before the start of a line lets the engine skip what has none.
  const separator = /---(?<=^---)(?:[ \t].*)?\r?$/gm;
  let start = 0;
  let line = 1;
  for (let match = separator.exec(text); match; match = separator.exec(text)) {
    const part = text.slice(start, match.index);
    yield { text: part, line: part.startsWith("\n") ? line + 1 : line };
    for (let i = text.indexOf("\n", start); i >= 0 && i < separator.lastIndex; i = text.indexOf("\n", i + 1)) line += 1;
    const rest = match[0].slice(3).trim();
    start = rest === "" || rest.startsWith("#") ? separator.lastIndex : match.index + 3;
  }
  const last = text.slice(start);
  yield { text: last, line: last.startsWith("\n") ? line + 1 : line };
}

/** Nothing but comments, directives and an end marker. Line by line: a pattern over many lines runs out of stack, or of time at a banner. */
function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end).trimStart();
    const rest = line.startsWith("...") ? line.slice(3).trimStart() : line;
    if (rest !== "" && !rest.startsWith("#") && !rest.startsWith("%")) return false;
    at = end + 1;
  }
  return true;
}

const IS_TEMPLATE = "It is a template, whose values are not filled in yet: scan what it renders to, such as the output of helm template.";

/** No object of a cluster has such a name: a template that happens to be YAML, with each of its values in quotes. */
function isUnfilled({ metadata }: JsonRecord): boolean {
  const { name, generateName, namespace } = record(metadata);
  return [name, generateName, namespace].some((value) => typeof value === "string" && value.includes("{{"));
}

const IS_PACKED = "It is compressed: unpack it first, or scan the output of helm template if it is a chart.";

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Files of one JSON value a line: what is none is broken JSON, not YAML. */
const JSON_LINES = /\.(?:jsonl|ndjson)$/i;

function* parseParts(text: string, source: string): Generator<JsonPart> {
  if (startsAsTemplate(text)) {
    yield { problem: IS_TEMPLATE, line: 1 };
    return;
  }
  const start = text.trimStart()[0];
  if (start === "{" || start === "[") {
    try {
      yield { value: JSON.parse(text), line: 1 };
      return;
    } catch (error) {
      if (!/^---/m.test(text) && start === "{" && !/^\s*\{\s*\w+:/.test(text)) {
        if (/\n\s*[[{]/.test(text.trim())) yield* parseJsonStream(text);
        else yield { problem: `It is not JSON: ${firstLine(error)}`, line: 1 };
        return;
      }
    }
  }
  if (JSON_LINES.test(source)) {
    yield* parseJsonStream(text);
    return;
  }
  for (const part of splitYaml(text)) {
    if (part.text.length > DOCUMENT_LIMIT) yield { problem: "The document is larger than 64 MiB.", line: part.line };
    else if (!isBlank(part.text.slice(0, 10_000)) || !isBlank(part.text)) yield parseYamlPart(part);
  }
}

function isYaml(text: string): boolean {
  try {
    loadYaml(text);
    return true;
  } catch {
    return false;
  }
}

function parseYamlPart(part: { readonly text: string; readonly line: number }): JsonPart {
  try {
    return { value: parseYaml(part.text), line: part.line };
  } catch (error) {
    if (/exceeded maxDepth/.test(firstLine(error))) return { problem: `It is nested deeper than ${YAML_DEPTH} levels.`, line: part.line };
    const problem = isTemplate(part.text, isYaml) ? IS_TEMPLATE : `It is not YAML: ${atLineOfFile(firstLine(error), part)}`;
    return { problem, line: part.line };
  }
}

/** The parser counts lines from where the document starts. */
function atLineOfFile(message: string, { text, line }: { readonly text: string; readonly line: number }): string {
  const above = text.startsWith("\n") ? line - 2 : line - 1;
  const said = message.replace(/^recursive alias ("[^"]*").*(?= \()/, "what the anchor $1 names contains itself");
  return said.replace(/\((\d+):(\d+)\)$/, (_, at: string, column: string) => `(${Number(at) + above}:${column})`);
}

const LIST_DEPTH = 100;

/** Lists and arrays of objects give their items; a sentence stands for what is none. */
export function* objectsOf(value: unknown, depth = 0): Generator<JsonRecord | string> {
  if (value === null || value === undefined) return;
  if (depth > LIST_DEPTH) {
    yield `Its lists are nested more than ${LIST_DEPTH} deep.`;
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) yield* objectsOf(item, depth + 1);
    return;
  }
  if (!isRecord(value)) {
    yield "It is not a Kubernetes object.";
    return;
  }
  if (typeof value.kind === "string" && value.kind.endsWith("List") && "items" in value) {
    const { apiVersion, kind, items } = value;
    if (items === null) return;
    if (!Array.isArray(items)) {
      yield "Its items are not a list.";
      return;
    }
    for (const item of items)
      yield* objectsOf(isRecord(item) && item.kind === undefined ? { apiVersion, kind: kind.slice(0, -"List".length), ...item } : item, depth + 1);
    return;
  }
  if (typeof value.apiVersion === "string" && value.apiVersion.startsWith("kustomize.config.k8s.io/")) yield IS_KUSTOMIZATION;
  else if (typeof value.kind !== "string" || value.kind === "")
    yield `It has no kind, so it is not a Kubernetes object${Array.isArray(value.objects) ? ", but a set of them: --bundles reads those" : ""}.`;
  else yield value;
}

/** Reads the bytes of one source. Nothing throws: what cannot be read is an error entry, the rest goes on. */
export function parseDocuments(
  source: string,
  bytes: Uint8Array,
): { readonly documents: readonly ManifestDocument[]; readonly errors: readonly ManifestError[] } {
  const documents: ManifestDocument[] = [];
  const errors: ManifestError[] = [];
  if (bytes.byteLength > FILE_LIMIT) return { documents, errors: [{ source, document: 1, message: "The file is larger than 512 MiB." }] };
  let text: string;
  try {
    text = decodeText(bytes);
  } catch {
    return { documents, errors: [{ source, document: 1, message: isGzip(bytes) ? IS_PACKED : "It is not UTF-8 text." }] };
  }
  let document = 0;
  for (const part of parseParts(text, source)) {
    document += 1;
    if ("problem" in part) {
      errors.push({ source, document, message: part.problem });
      continue;
    }
    for (const found of objectsOf(part.value)) {
      if (typeof found === "string") errors.push({ source, document, message: found });
      else if (isUnfilled(found)) errors.push({ source, document, message: IS_TEMPLATE });
      else documents.push({ source, document, line: part.line, object: found });
    }
  }
  return { documents, errors };
}
