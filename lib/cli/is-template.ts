/** `{{ .Values.name }}`, `{{- if`, `{{ include` of Helm, `{{ name }}`, `{% if` of Jinja: what is filled in. A map whose key is a map begins so, too, and is no manifest. */
const ACTION = /\{\{-?\s*[.$]?[A-Za-z]|\{%-?\s*[a-z]/;
const WHOLE_ACTION = /\{\{[^{}\n]*\}\}/g;
/** A text in quotes begins where a value does: what stands inside a word is an apostrophe. */
const QUOTED = /(?<=^|[\s[{,(])(?:"(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$))/g;
/** What a text of many lines begins behind: `key: |`, `- >-`. */
const BLOCK_TEXT = /(?:^|[:-])\s+[|>][-+\d]*\s*$/;

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The text without what YAML takes as it stands: comments, what is in quotes, texts of many lines. */
function* structureOf(text: string): Generator<string> {
  let textBelow = Number.POSITIVE_INFINITY;
  for (const line of text.split("\n")) {
    if (line.trim() === "" || indentOf(line) > textBelow) continue;
    textBelow = Number.POSITIVE_INFINITY;
    const bare = line.replace(QUOTED, "").replace(/(?:^|\s)#.*$/, "");
    if (BLOCK_TEXT.test(bare)) textBelow = indentOf(line);
    yield bare;
  }
}

/** Begins with an action: no manifest does. */
export function startsAsTemplate(text: string): boolean {
  return text.trimStart().startsWith("{{") && ACTION.test(text);
}

/**
 * Whether what is no YAML is a template for it: it has actions outside of what only quotes them, or is YAML once they are filled in, as with quotes inside the
 * quotes of a value. What is broken elsewhere, and merely quotes an action, is none.
 */
export function isTemplate(text: string, isYaml: (text: string) => boolean): boolean {
  if (!ACTION.test(text)) return false;
  for (const line of structureOf(text)) if (ACTION.test(line)) return true;
  return isYaml(text.replace(WHOLE_ACTION, "filled-in"));
}
