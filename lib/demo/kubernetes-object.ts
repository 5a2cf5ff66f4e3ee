import "server-only";
import { createHash } from "node:crypto";
import type { JsonRecord } from "@/lib/model/json";

/** Hexadecimal: what looks random in the demo is the same in every one. */
export const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A stable uid for a name. */
function toUid(name: string): string {
  const digits = hash(name);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/** Suffix as controllers give it: `7d9f4b2c`. */
export function toSuffix(text: string, length: number): string {
  return hash(text)
    .replaceAll(/[01aeiou]/g, "x")
    .slice(0, length);
}

interface Meta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly JsonRecord[];
  /** Who set the spec, and when. */
  readonly manager?: { readonly name: string; readonly at: string };
  readonly createdAt: string;
}

/** An object with the metadata that an API server adds. */
export function toObject(apiVersion: string, kind: string, meta: Meta, body: JsonRecord): JsonRecord {
  const { manager, createdAt, ...named } = meta;
  const fieldsV1 = Object.fromEntries(Object.keys(body).map((key) => [`f:${key}`, {}]));
  return {
    apiVersion,
    kind,
    metadata: {
      ...named,
      uid: toUid(`${kind} ${meta.namespace ?? ""} ${meta.name}`),
      resourceVersion: String(Number.parseInt(hash(JSON.stringify(body)).slice(0, 8), 16)),
      creationTimestamp: createdAt,
      ...(manager && { managedFields: [{ manager: manager.name, operation: "Update", apiVersion, time: manager.at, fieldsType: "FieldsV1", fieldsV1 }] }),
    },
    ...body,
  };
}

export function toOwner(object: JsonRecord): JsonRecord {
  const metadata = object.metadata as JsonRecord; // safe: made by toObject
  return { apiVersion: object.apiVersion, kind: object.kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
}
