import { isRecord, type JsonRecord } from "../model/json";

/** Objects are joined key by key, everything else is replaced; a key set to `undefined` is taken away. */
export function merge(base: JsonRecord, over: JsonRecord): JsonRecord {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    if (value === undefined) delete result[key];
    else result[key] = isRecord(before) && isRecord(value) ? merge(before, value) : value;
  }
  return result;
}

/** What every builder takes: its shorthands, and any other key of the object to merge in. */
export interface ManifestPart {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: JsonRecord;
  readonly annotations?: JsonRecord;
  readonly [key: string]: unknown;
}

export interface WorkloadPart extends ManifestPart {
  /** Merged into the first container. */
  readonly container?: JsonRecord;
  /** Merged into the pod spec, wherever the kind keeps it. */
  readonly podSpec?: JsonRecord;
  readonly podLabels?: JsonRecord;
  readonly podAnnotations?: JsonRecord;
}

function defined(value: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

/** A manifest from its default, with shorthands and other keys merged in. */
export function manifest(base: JsonRecord, part: ManifestPart): JsonRecord {
  const { name, namespace, labels, annotations, ...rest } = part;
  return merge(merge(base, { metadata: defined({ name, namespace, labels, annotations }) }), rest);
}
