import { isRecord, type JsonRecord, record, records, text } from "../model/json";
import { NAMES_SECRET } from "./named-secrets";
import { findAskedSlice } from "./slice-kind";
import { defineView } from "./view";

/** What every kind has, and none of it names a Secret for its controller. */
const OF_ALL_KINDS: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata", "status"]);
const SAYS_SECRET = /\bsecrets?\b/i;
const IS_FREE = "x-kubernetes-preserve-unknown-fields";
/** Of these none is a name. */
const NAMELESS: ReadonlySet<unknown> = new Set(["boolean", "integer", "number"]);

function mayName(field: string, { type, description, [IS_FREE]: isFree }: JsonRecord): boolean {
  return !NAMELESS.has(type) && (NAMES_SECRET.test(field) || SAYS_SECRET.test(text(description) ?? "") || isFree === true);
}

function keepLeaf({ type, description, [IS_FREE]: isFree }: JsonRecord): JsonRecord {
  return { type, ...(description !== undefined && { description }), ...(isFree !== undefined && { [IS_FREE]: isFree }) };
}

function keepIn(field: string, schema: unknown): JsonRecord | null {
  if (!isRecord(schema)) return null;
  return mayName(field, schema) ? keepLeaf(schema) : keepBelow(schema, new Set());
}

function keepBelow({ properties, items, additionalProperties }: JsonRecord, without: ReadonlySet<string>): JsonRecord | null {
  for (const [field, schema] of Object.entries(record(properties))) {
    const kept = without.has(field) ? null : keepIn(field, schema);
    if (kept) return { properties: { [field]: kept } };
  }
  for (const [name, schema] of Object.entries({ items, additionalProperties })) {
    const kept = keepIn("", schema);
    if (kept) return { [name]: kept };
  }
  return null;
}

/** Of the schema of a kind, the first field that may name a Secret; null = none may. The same of what was kept so. */
export function keepSecretField(schema: JsonRecord): JsonRecord | null {
  return mayName("", schema) ? keepLeaf(schema) : keepBelow(schema, OF_ALL_KINDS);
}

/** Kinds that clusters are not asked for, and whose objects may name Secrets, by their names, in order. */
export const unreadSecretKindsView = defineView({
  reads: ["customResourceDefinitions"],
  compute: ({ slices }): readonly string[] => {
    const found = slices.customResourceDefinitions.flatMap(({ body }) => {
      const { group, names, versions } = record(body.spec);
      const kind = text(record(names).kind) ?? "";
      if (findAskedSlice(text(group) ?? "", kind) !== null) return [];
      const schemas = records(versions).map(({ schema }) => record(record(schema).openAPIV3Schema));
      return schemas.some((schema) => keepSecretField(schema) !== null) ? [kind] : [];
    });
    return [...new Set(found)].sort();
  },
});
