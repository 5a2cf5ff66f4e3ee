import "server-only";
import { isRecord } from "@/lib/model/json";
import { toKeptText } from "@/lib/model/kept-text";

const SUSPECT = /\\u(?:0000|d[89a-f])/i;

/** Names of fields, too: the fields that a manager set are named by whoever wrote the object. */
function clean(_key: string, item: unknown): unknown {
  if (typeof item === "string") return toKeptText(item);
  return isRecord(item) ? Object.fromEntries(Object.entries(item).map(([name, value]) => [toKeptText(name), value])) : item;
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
