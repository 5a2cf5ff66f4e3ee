import { isRecord, type JsonRecord, record, records, text } from "../../model/json";
import { NAMES_SECRET } from "./named-secrets";
import { findAskedSlice } from "../slice-kind";
import { defineView } from "../view";

/** What every kind has, and none of it names a Secret for its controller. */
const OF_ALL_KINDS: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata", "status"]);
const SAYS_SECRET = /\bsecrets?\b/i;
const IS_FREE = "x-kubernetes-preserve-unknown-fields";
/** Of these none is a name. */
const NAMELESS: ReadonlySet<unknown> = new Set(["boolean", "integer", "number"]);

/** What is handed on to drivers, whose keys are their own: `csi.storage.k8s.io/snapshotter-secret-name` of a VolumeSnapshotClass. */
const IS_HANDED_ON = /^(?:parameters|attributes)$/i;

function isFree(field: string, { [IS_FREE]: keepsAll, additionalProperties: others }: JsonRecord): boolean {
  return keepsAll === true || others === true || (IS_HANDED_ON.test(field) && isRecord(others) && !NAMELESS.has(others.type));
}

function mayName(field: string, schema: JsonRecord): boolean {
  const { type, description } = schema;
  return !NAMELESS.has(type) && (NAMES_SECRET.test(field) || SAYS_SECRET.test(text(description) ?? "") || isFree(field, schema));
}

function keepLeaf(field: string, schema: JsonRecord): JsonRecord {
  const { type, description } = schema;
  return { type, ...(description !== undefined && { description }), ...(isFree(field, schema) && { [IS_FREE]: true }) };
}

function keepIn(field: string, schema: unknown): JsonRecord | null {
  if (!isRecord(schema)) return null;
  return mayName(field, schema) ? keepLeaf(field, schema) : keepBelow(schema, new Set());
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
  return mayName("", schema) ? keepLeaf("", schema) : keepBelow(schema, OF_ALL_KINDS);
}

/** Measurements name nothing. */
const OF_METRICS = /(?:^|\.)metrics\.k8s\.io$/;

/** Kinds that clusters are not asked for, and whose objects may name Secrets, by their names, in order; of groups that a program serves itself, these. */
export const unreadSecretKindsView = defineView({
  reads: ["customResourceDefinitions", "apiServices"],
  compute: ({ slices }): readonly string[] => {
    const defined = slices.customResourceDefinitions.flatMap(({ body }) => {
      const { group, names, versions, preserveUnknownFields } = record(body.spec);
      const kind = text(record(names).kind) ?? "";
      if (findAskedSlice(text(group) ?? "", kind) !== null) return [];
      const schemas = records(versions).map(({ schema }) => record(schema).openAPIV3Schema);
      // Of what has no schema, nothing is left out when it is written.
      const mayHold = (schema: unknown): boolean => !isRecord(schema) || keepSecretField(schema) !== null;
      return preserveUnknownFields === true || schemas.length === 0 || schemas.some(mayHold) ? [kind] : [];
    });
    const served = slices.apiServices.flatMap(({ body }) => {
      const { group, service } = record(body.spec);
      return isRecord(service) && !OF_METRICS.test(text(group) ?? "") ? [`kinds of ${text(group) ?? ""}`] : [];
    });
    return [...[...new Set(defined)].sort(), ...[...new Set(served)].sort()];
  },
});
