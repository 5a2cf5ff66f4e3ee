import { type JsonRecord, isRecord, text } from "../model/json";

export interface InventoryError {
  /** One sentence. */
  readonly message: string;
}

const MAX_DEPTH = 8;

function typeName(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

/** The objects in a document: `List` kinds are taken apart, their items inherit what the list says of them. Never throws. */
export function expandObjects(value: unknown, depth = 0): { readonly objects: readonly JsonRecord[]; readonly errors: readonly InventoryError[] } {
  if (!isRecord(value)) return { objects: [], errors: [{ message: `Expected a Kubernetes object, got ${typeName(value)}.` }] };
  const kind = text(value.kind);
  if (!kind) return { objects: [], errors: [{ message: "The object has no kind, so it cannot be judged." }] };
  const isList = kind.endsWith("List") && (Array.isArray(value.items) || kind === "List");
  if (!isList) return { objects: [value], errors: [] };
  if (depth >= MAX_DEPTH) return { objects: [], errors: [{ message: `Lists are nested more than ${MAX_DEPTH} deep.` }] };
  const inherited = kind === "List" ? {} : { apiVersion: text(value.apiVersion) ?? "v1", kind: kind.slice(0, -"List".length) };
  const items = Array.isArray(value.items) ? value.items : [];
  const parts = items.map((item) => expandObjects(isRecord(item) && item.kind === undefined ? { ...inherited, ...item } : item, depth + 1));
  return { objects: parts.flatMap((part) => part.objects), errors: parts.flatMap((part) => part.errors) };
}
