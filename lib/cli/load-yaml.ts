import { YAMLException } from "js-yaml";
import { loadByKubectl } from "./kubectl-schema";

/** Levels of collections; `maxDepth` of the parser. */
export const YAML_DEPTH = 200;
/** Characters that may be read again, over all repairs of one document: a few lines of a manifest, or one line of a huge one. */
const REREAD_LIMIT = 64 * 1024 * 1024;
/** Deeper than any collection may start. */
const INDENT = " ".repeat(1_000);

/** One plain scalar, as kubectl reads it. */
export function loadScalar(text: string): unknown {
  return loadByKubectl(text);
}

function isUnderIndented(error: unknown): error is YAMLException & { readonly mark: { readonly position: number; readonly line: number } } {
  return error instanceof YAMLException && error.reason === "deficient indentation" && error.mark !== null;
}

/** The same error at its place in the text as it was written; lines that were pushed in have lost that. */
function atOldPlace(error: unknown, pushed: ReadonlySet<number>): unknown {
  if (!(error instanceof YAMLException) || !error.mark || !pushed.has(error.mark.line)) return error;
  const { line, column } = error.mark;
  return new Error(`${error.reason} (${line + 1}:${Math.max(0, column - INDENT.length) + 1})`, { cause: error });
}

/**
 * One document, as kubectl reads it. YAML 1.2 wants the lines of a flow collection or of a quoted text deeper than what holds them; kubectl's
 * parser does not, and many manifests close `args: [` below its key. White space means nothing there, so such a line is pushed in and read again.
 * Throws what the parser throws.
 */
export function loadYaml(text: string): unknown {
  let current = text;
  const pushed = new Set<number>();
  for (let read = 0; ; read += current.length) {
    try {
      return loadByKubectl(current, YAML_DEPTH);
    } catch (error) {
      if (!isUnderIndented(error) || read + current.length > REREAD_LIMIT) throw atOldPlace(error, pushed);
      const { position: at, line } = error.mark;
      pushed.add(line);
      current = current.slice(0, at) + INDENT + current.slice(at);
    }
  }
}
