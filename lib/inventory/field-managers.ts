import { isRecord, type JsonRecord, record, records, text } from "../model/json";
import { parsePath, type PathStep, readPath } from "../model/field-path";

/** Who set fields of an object, and when. */
export interface FieldManager {
  /** As it called itself: `kubectl-client-side-apply`, `argocd-controller`, ... */
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  /** ISO instant; null when the server gave none. */
  readonly at: string | null;
  /** The set of fields as Kubernetes writes it (`f:`, `k:`, `v:` keys); null = everything that no other manager of the list set. */
  readonly fields: JsonRecord | null;
}

/** Status and the like are written by controllers and say nothing about who wanted what. */
function isOfIntent(entry: JsonRecord): boolean {
  const subresource = text(entry.subresource) ?? "";
  const fields = record(entry.fieldsV1);
  return (subresource === "" || subresource === "scale") && (isRecord(fields["f:spec"]) || Object.keys(fields).some((key) => key !== "f:status"));
}

/** From `metadata.managedFields`; the largest set is kept as "the rest", so that an object with one author costs a line. */
export function toFieldManagers(metadata: JsonRecord): readonly FieldManager[] {
  const entries = records(metadata.managedFields).filter(isOfIntent);
  const sets = entries.map((entry) => ({ entry, fields: record(entry.fieldsV1) }));
  const sizes = sets.length > 1 ? sets.map(({ fields }) => JSON.stringify(fields).length) : [0];
  const largest = sizes.indexOf(Math.max(...sizes));
  return sets.map(({ entry, fields }, at) => {
    const { "f:status": _status, ...own } = fields;
    return {
      manager: text(entry.manager) ?? "unknown",
      operation: entry.operation === "Apply" ? "Apply" : "Update",
      at: text(entry.time) ?? null,
      fields: at === largest ? null : own,
    };
  });
}

function isKeyOf(key: string, item: unknown): boolean {
  try {
    return Object.entries(record(JSON.parse(key))).every(([name, value]) => record(item)[name] === value);
  } catch {
    return false;
  }
}

/** The child of a field set that a step leads to: by name, or in a list by the keys of its item. */
function descend(fields: JsonRecord, step: PathStep, item: unknown): JsonRecord | null {
  if (typeof step === "string") return isRecord(fields[`f:${step}`]) ? record(fields[`f:${step}`]) : null;
  for (const [key, value] of Object.entries(fields)) {
    if (key.startsWith("k:") && isKeyOf(key.slice(2), item)) return record(value);
    if (key.startsWith("v:") && key.slice(2) === JSON.stringify(item)) return record(value);
  }
  return null;
}

/** How many steps of a path a set holds; a set that ends early holds everything below. */
function holds(fields: JsonRecord, steps: readonly PathStep[], object: JsonRecord): boolean {
  let set = fields;
  let value: unknown = object;
  for (const step of steps) {
    if (Object.keys(set).length === 0) return true;
    value = typeof step === "number" ? (Array.isArray(value) ? value[step] : undefined) : record(value)[step];
    const next = descend(set, step, value);
    if (next === null) return false;
    set = next;
  }
  return true;
}

/** Who set the field at a path of this object; null when nobody is known, or the field is not set. */
export function findFieldManager(managers: readonly FieldManager[], object: JsonRecord, path: string): FieldManager | null {
  if (path === "" || readPath(object, path) === undefined) return null;
  const steps = parsePath(path);
  const owners = managers.filter((manager) => manager.fields !== null && holds(manager.fields, steps, object));
  const [first, ...others] = owners;
  const newest = first && others.reduce((latest, owner) => ((owner.at ?? "") > (latest.at ?? "") ? owner : latest), first);
  return newest ?? managers.find((manager) => manager.fields === null) ?? null;
}
