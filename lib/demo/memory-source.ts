import "server-only";
import { isRecord, record, text, type JsonRecord } from "@/lib/model/json";
import { BUILT_IN_RESOURCES } from "./built-in-resources";
import { toServedResources } from "./discovery";
import type { ObjectSource } from "./object-source";
import { apiVersionOf, type ServedResource } from "./served-resource";

const DEMO_VERSION = { major: "1", minor: "36", gitVersion: "v1.36.0", platform: "linux/amd64" };

export interface MemorySourceOptions {
  readonly version?: Readonly<Record<string, string>>;
  readonly resourceVersion?: string;
}

/** Serves an array of objects, as they stand in manifests or came from `kubectl get -o json`. */
export function createMemorySource(objects: readonly unknown[], options: MemorySourceOptions = {}): ObjectSource {
  const byKind = new Map<string, JsonRecord[]>();
  for (const object of objects) {
    if (!isRecord(object)) continue;
    const key = `${text(object.apiVersion) ?? "v1"}/${text(object.kind) ?? ""}`;
    const known = byKind.get(key);
    if (known === undefined) byKind.set(key, [object]);
    else known.push(object);
  }
  for (const items of byKind.values()) items.sort((a, b) => (position(a) < position(b) ? -1 : 1));
  const select = (resource: ServedResource, namespace: string | null): readonly JsonRecord[] => {
    const items = byKind.get(`${apiVersionOf(resource)}/${resource.kind}`) ?? [];
    return namespace === null ? items : items.filter((item) => namespaceOf(item) === namespace);
  };
  return {
    version: options.version ?? DEMO_VERSION,
    resourceVersion: options.resourceVersion ?? "1000",
    resources: toServedResources(objects),
    async page(resource, namespace, offset, limit) {
      const all = select(resource, namespace);
      const items = limit > 0 ? all.slice(offset, offset + limit) : all.slice(offset);
      const remaining = Math.max(all.length - offset - items.length, 0);
      const write = BUILT_IN_RESOURCES.includes(resource) ? withoutType : (item: JsonRecord) => JSON.stringify(item);
      return { items: Buffer.from(items.map(write).join(",")), count: items.length, remaining };
    },
    async find(resource, namespace, name) {
      const found = select(resource, namespace).find((item) => text(record(item.metadata).name) === name);
      return found === undefined ? null : Buffer.from(JSON.stringify(found));
    },
  };
}

function namespaceOf(object: JsonRecord): string {
  return text(record(object.metadata).namespace) || "default";
}

function position(object: JsonRecord): string {
  return `${namespaceOf(object)}/${text(record(object.metadata).name) ?? ""}`;
}

// A real server leaves apiVersion and kind out of the items of a list of built-in objects, and keeps them in custom ones.
function withoutType(object: JsonRecord): string {
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = object;
  return JSON.stringify(rest);
}
