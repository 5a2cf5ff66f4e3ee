import { dig, isRecord, type JsonRecord, record, records, text } from "../../model/json";
import { DEFAULT_NAMESPACE, toResourceRef } from "../../model/resource-ref";
import { withChanged } from "./redact-container";
import { findSecretInEntry } from "./secret-detector";
import { readRedactedLines, writeRedactedLines } from "./secret-match";
import { isCredentialName } from "./secret-names";
import { CONTAINER_LISTS } from "../workloads/workload";

interface ConfigMapCredentials {
  /** Takes in the variables of one pod spec. */
  readonly note: (namespace: string | null, spec: unknown) => void;
  /** The ConfigMap with markers for what such variables take from it; the very same object when that is nothing. */
  readonly hide: (body: JsonRecord) => JsonRecord;
}

const toKey = (namespace: string | null, name: string): string => `${namespace ?? DEFAULT_NAMESPACE}/${name}`;

/** Variables that are named as credentials and filled from ConfigMaps: what stands there is one, whatever its key is called. */
export function createConfigMapCredentials(): ConfigMapCredentials {
  /** `VARIABLE=key`, by `namespace/name` of the ConfigMap. */
  const uses = new Map<string, Set<string>>();

  function note(namespace: string | null, spec: unknown): void {
    for (const entry of CONTAINER_LISTS.flatMap((list) => records(dig(spec, list))).flatMap(({ env }) => records(env))) {
      if (!isRecord(entry.valueFrom)) continue;
      const { name, key } = record(entry.valueFrom.configMapKeyRef);
      const variable = text(entry.name) ?? "";
      if (typeof name !== "string" || typeof key !== "string" || !isCredentialName(variable)) continue;
      const ofMap = toKey(namespace, name);
      const known = uses.get(ofMap) ?? new Set();
      uses.set(ofMap, known.add(`${variable}=${key}`));
    }
  }

  function hide(body: JsonRecord): JsonRecord {
    const { namespace, name } = toResourceRef(body);
    const data = record(body.data);
    const markers = [...(uses.get(toKey(namespace, name)) ?? [])].flatMap((use): [string, string][] => {
      const variable = use.slice(0, use.indexOf("="));
      const key = use.slice(variable.length + 1);
      const value = Object.hasOwn(data, key) ? data[key] : undefined;
      const match = typeof value === "string" && readRedactedLines(value) === null ? findSecretInEntry(variable, value) : null;
      return match ? [[key, writeRedactedLines([match])]] : [];
    });
    return markers.length === 0 ? body : { ...body, data: withChanged(data, Object.fromEntries(markers)) };
  }

  return { note, hide };
}
