/** Tolerant readers for Kubernetes objects: whatever the shape, they answer, and never throw. */
export type JsonRecord = Readonly<Record<string, unknown>>;

const EMPTY: JsonRecord = Object.freeze({});
const NONE: readonly never[] = Object.freeze([]);

/** Whether it is an object with keys: no array, and not null. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value when it is an object, else an empty one. */
export function record(value: unknown): JsonRecord {
  return isRecord(value) ? value : EMPTY;
}

/** The value when it is an array, else an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NONE;
}

/** The objects of an array; items of any other shape are left out: the very same array when all of them are. */
export function records(value: unknown): readonly JsonRecord[] {
  const items = list(value);
  return items.every(isRecord) ? items : items.filter(isRecord);
}

/** A string; undefined for any other shape. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The strings of an array; items of any other shape are left out. */
export function texts(value: unknown): readonly string[] {
  return list(value).filter((item): item is string => typeof item === "string");
}

/** The strings of an array as the API server decodes it: null is the empty string. Items of any other shape, which it refuses, are left out. */
export function decodedTexts(value: unknown): readonly string[] {
  return texts(list(value).map((item) => (item === null ? "" : item)));
}

/** A boolean; undefined for any other shape. */
export function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** A finite number; undefined for any other shape. */
export function amount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/**
 * Labels and annotations: the entries whose value is a string, or null, which the API server decodes as the empty string; the very same object when all of
 * them are strings.
 */
export function textMap(value: unknown): Readonly<Record<string, string>> {
  let map = record(value);
  for (const key in map) {
    if (typeof map[key] === "string") continue;
    const entries = Object.entries(map).map(([name, item]) => [name, item === null ? "" : item] as const);
    map = Object.fromEntries(entries.filter(([, item]) => typeof item === "string"));
    break;
  }
  return map as Readonly<Record<string, string>>; // safe: only strings are left
}

/** Follows keys and indexes; undefined as soon as one is missing. */
export function dig(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current: unknown = value;
  for (const step of path) {
    if (typeof step === "number") current = list(current)[step];
    else current = isRecord(current) && Object.hasOwn(current, step) ? current[step] : undefined;
    if (current === undefined || current === null) return undefined;
  }
  return current;
}

/** What a JSON text says; undefined where it is none. */
export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
