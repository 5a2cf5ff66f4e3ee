import { Document, isCollection, isPair, LineCounter, parseDocument } from "yaml";
import { cutDeep } from "../model/cut-deep";
import { parsePath } from "../model/field-path";

export interface YamlText {
  readonly text: string;
  /** 1-based line of a field path; the line of its nearest existing parent when the field is not set, null for the root. */
  readonly lineOf: (path: string) => number | null;
}

/** An object as the YAML that people know from kubectl, with the line of every field; what `cutDeep` leaves out is left out. */
export function toYamlText(object: object): YamlText {
  const text = new Document(cutDeep(object), { aliasDuplicateObjects: false }).toString({ lineWidth: 0, indentSeq: false });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, keepSourceTokens: false });
  const lineOf = (path: string): number | null => {
    let node: unknown = document.contents;
    let line: number | null = null;
    for (const step of parsePath(path)) {
      if (!isCollection(node)) break;
      const item: unknown = typeof step === "number" ? node.items[step] : node.items.find((pair) => isPair(pair) && String(pair.key) === step);
      if (item === undefined) break;
      const anchor = isPair(item) ? item.key : item;
      const range = (anchor as { range?: readonly number[] | null }).range;
      if (range?.[0] !== undefined) line = lines.linePos(range[0]).line;
      node = isPair(item) ? item.value : item;
    }
    return line;
  };
  return { text, lineOf };
}
