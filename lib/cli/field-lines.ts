import { readFileSync, statSync } from "node:fs";
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { type PathStep, parsePath } from "../model/field-path";
import { decodeText } from "./decode-text";
import type { ManifestDocument } from "./parse-documents";

/** Characters that are read again for the lines of fields; beyond them a finding stands at its document. */
const REREAD_LIMIT = 32 * 1024 * 1024;

export interface WantedLine {
  readonly document: ManifestDocument;
  readonly path: string;
}

/** The text of the document that starts on a line, up to the next one. */
function cutDocument(lines: readonly string[], line: number): string {
  const first = (lines[line - 1] ?? "").replace(/^---/, "   ");
  const isJson = /^\s*[[{]/.test(first);
  if (isJson && /[\]}],?\s*$/.test(first) && lines[line]?.match(/^\s*[[{]/)) return first;
  let next = line;
  while (next < lines.length && !/^---(?:\s|$)/.test(lines[next] ?? "") && !(isJson && /^[[{]/.test(lines[next] ?? ""))) next += 1;
  return [first, ...lines.slice(line, next)].join("\n");
}

/** The maps of a document that are objects, in the order in which they were read: those of its lists, which may tell their kind, or the one that it is. */
function* objectNodes(node: unknown, kindOfItems?: string): Generator<unknown> {
  if (isSeq(node)) for (const item of node.items) yield* objectNodes(item, kindOfItems);
  if (!isMap(node)) return;
  const kind = node.get("kind") ?? kindOfItems;
  if (typeof kind !== "string" || kind === "") return;
  if (kind.endsWith("List") && node.has("items")) yield* objectNodes(node.get("items", true), kind.slice(0, -"List".length));
  else yield node;
}

/** Where the last step of a path starts that is there; null when none is. */
function offsetOf(root: unknown, steps: readonly PathStep[]): number | null {
  let node: unknown = root;
  let offset: number | null = null;
  for (const step of steps) {
    if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      const range = (node as { readonly range?: readonly number[] } | undefined)?.range;
      if (!range) return offset;
      offset = range[0] ?? offset;
    } else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (!pair || !isScalar(pair.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else return offset;
  }
  return offset;
}

/** Lines of the fields of one document, by object and path; empty where its text does not show them. */
function readLines(text: string, wanted: readonly (WantedLine & { readonly index: number })[]): readonly (number | null)[] {
  const counter = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: counter, version: "1.1", uniqueKeys: false, logLevel: "silent" });
  const objects = [...objectNodes(contents)];
  return wanted.map(({ index, path }) => {
    const offset = offsetOf(objects[index], parsePath(path));
    return offset === null ? null : counter.linePos(offset).line - 1;
  });
}

const keyOf = ({ source, document }: ManifestDocument): string => `${document} ${source}`;

/**
 * Finds on which line of its file each field is, or its nearest parent that is there; the line of the document where that cannot be told. Files
 * are read again for it, one after the other, so that nothing of them is kept.
 */
export function findFieldLines(documents: readonly ManifestDocument[], wanted: readonly WantedLine[]): (wanted: WantedLine) => number {
  const found = new Map<ManifestDocument, Map<string, number>>();
  const indexes = new Map([...Map.groupBy(documents, keyOf).values()].flatMap((siblings) => siblings.map((document, index) => [document, index] as const)));
  let left = REREAD_LIMIT;
  for (const [source, ofFile] of Map.groupBy(wanted, ({ document }) => document.source)) {
    try {
      // What comes through a pipe can be read once, and who asks again waits for ever.
      const content = source === "-" || !statSync(source).isFile() ? "" : decodeText(readFileSync(source));
      if (content.length > left) continue;
      left -= content.length;
      const lines = content.split("\n");
      for (const group of Map.groupBy(ofFile, ({ document }) => keyOf(document)).values()) {
        const places = group.map((one) => ({ ...one, index: indexes.get(one.document) ?? -1 }));
        const start = group[0]?.document.line ?? 1;
        for (const [i, line] of readLines(cutDocument(lines, start), places).entries()) {
          const one = group[i];
          if (!one || line === null) continue;
          const known = found.get(one.document) ?? new Map<string, number>();
          found.set(one.document, known.set(one.path, start + line));
        }
      }
    } catch {
      // A file that has gone since, or that only kubectl's parser takes: its findings stand at their documents.
    }
  }
  return ({ document, path }) => found.get(document)?.get(path) ?? document.line;
}
