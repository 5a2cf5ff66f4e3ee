import type { CelFault, CelToken } from "./cel-tokens";

/** What `a.?b` and `a[?b]` are for the parser, which does not know them. */
export const OPTIONAL_FIELD = "_optional_field";
export const OPTIONAL_INDEX = "_optional_index";

interface Rewritten {
  readonly source: string;
  /** Where a place of the new text was in the old one. */
  readonly toOld: (at: number) => number;
}

const endsValue = (token: CelToken | undefined): boolean =>
  token !== undefined && (token.kind === "mark" ? [")", "]", "}"].includes(token.text) : token.text !== "in");

/** Writes optional fields as calls. The brackets of the tokens match. */
export function rewriteOptionals(source: string, tokens: readonly CelToken[]): Rewritten | CelFault {
  const pieces: { readonly text: string; readonly at: number }[] = [];
  /** For each bracket that is open: what closes it. */
  const open: string[] = [];
  let copied = 0;
  const put = (text: string, from: CelToken, until: CelToken): void => {
    pieces.push({ text: source.slice(copied, from.at), at: copied }, { text, at: from.at });
    copied = until.at + until.text.length;
  };
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== "mark") continue;
    const next = tokens[index + 1];
    const name = tokens[index + 2];
    if (token.text === "." && next?.text === "?") {
      if (name?.kind !== "name") return { at: next.at, problem: "after .? there is a field, as in object.?spec; a key is read with [?'key']" };
      put(`.${OPTIONAL_FIELD}('${name.text}')`, token, name);
    } else if (token.text === "[" && next?.text === "?") {
      if (!endsValue(tokens[index - 1])) return { at: next.at, problem: "an item of a list cannot be optional here: leave it out with a condition" };
      put(`.${OPTIONAL_INDEX}(`, token, next);
      open.push(")");
    } else if (token.text === "{" && next?.text === "?")
      return { at: next.at, problem: "an entry of a map cannot be optional here: leave it out with a condition" };
    else if (["(", "[", "{"].includes(token.text)) open.push(token.text);
    else if ([")", "]", "}"].includes(token.text) && open.pop() === ")") put(")", token, token);
  }
  pieces.push({ text: source.slice(copied), at: copied });
  const toOld = (at: number): number => {
    let start = 0;
    for (const piece of pieces) {
      if (at < start + piece.text.length) return piece.at + (source.startsWith(piece.text, piece.at) ? at - start : 0);
      start += piece.text.length;
    }
    return source.length;
  };
  return { source: pieces.map(({ text }) => text).join(""), toOld };
}
