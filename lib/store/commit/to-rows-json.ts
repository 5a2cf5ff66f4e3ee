import "server-only";

const SUSPECT = /\\u(?:0000|d[89a-f])/i;

function clean(_key: string, item: unknown): unknown {
  return typeof item === "string" ? item.toWellFormed().replaceAll("\0", "\u{FFFD}") : item;
}

/** JSON for PostgreSQL, which takes neither NUL nor lone surrogates in text. */
export function toRowsJson(value: unknown): string {
  const json = JSON.stringify(value) ?? "null";
  return SUSPECT.test(json) ? JSON.stringify(value, clean) : json;
}

/** The same for text that is JSON already. */
export function withoutNul(json: string): string {
  return SUSPECT.test(json) ? JSON.stringify(JSON.parse(json), clean) : json;
}
