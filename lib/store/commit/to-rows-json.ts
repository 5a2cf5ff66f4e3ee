import "server-only";

const SUSPECT = /\\u(?:0000|d[89a-f])/i;

/** JSON for `jsonb_to_recordset`: PostgreSQL takes neither NUL nor lone surrogates in text. */
export function toRowsJson(value: unknown): string {
  const json = JSON.stringify(value) ?? "null";
  if (!SUSPECT.test(json)) return json;
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === "string" ? item.toWellFormed().replaceAll("\0", "\u{FFFD}") : item));
}
