import "server-only";
import { dig, record, records, text, texts } from "@/lib/model/json";
import type { ReadFault } from "./read-fault";
import type { ServedKind } from "./served-kinds";

/** Media types of aggregated discovery, newest first, with the plain documents as the last choice. */
export const DISCOVERY_ACCEPT =
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

export function isAggregated(document: unknown): boolean {
  const { kind, items } = record(document);
  return kind === "APIGroupDiscoveryList" && Array.isArray(items);
}

/** From an APIGroupDiscoveryList. A stale version belongs to an aggregated API server that does not answer. */
export function parseAggregated(document: unknown): { kinds: ServedKind[]; faults: Map<string, ReadFault> } {
  const kinds: ServedKind[] = [];
  const faults = new Map<string, ReadFault>();
  for (const item of records(record(document).items)) {
    const group = text(dig(item, "metadata", "name")) ?? "";
    for (const version of records(item.versions)) {
      if (version.freshness === "Stale") {
        faults.set(group, {
          status: "failed",
          reason: `The aggregated API ${group} does not answer.`,
          action: `Look at the APIService of ${group} and the service behind it.`,
          httpStatus: null,
        });
        continue;
      }
      for (const resource of records(version.resources)) {
        const name = text(resource.resource) ?? "";
        const kind = text(dig(resource, "responseKind", "kind")) ?? "";
        if (name === "" || kind === "" || !texts(resource.verbs).includes("list")) continue;
        kinds.push({ group, version: text(version.version) ?? "", resource: name, kind, namespaced: resource.scope === "Namespaced" });
      }
    }
  }
  return { kinds, faults };
}

/** Group versions of an APIGroupList, `/apis`; null for anything else, which says of no group that it is not served. */
export function parseGroupVersions(document: unknown): { group: string; version: string }[] | null {
  const { groups } = record(document);
  if (!Array.isArray(groups)) return null;
  return records(groups).flatMap((group) =>
    records(group.versions).map((version) => ({ group: text(group.name) ?? "", version: text(version.version) ?? "" })),
  );
}

/** From an APIResourceList, `/api/v1` or `/apis/<group>/<version>`; null for anything else. A server written in Go may say null of none. */
export function parseResourceList(document: unknown, group: string, version: string): ServedKind[] | null {
  const { resources } = record(document);
  if (resources !== null && !Array.isArray(resources)) return null;
  return records(resources).flatMap((resource) => {
    const name = text(resource.name) ?? "";
    const kind = text(resource.kind) ?? "";
    if (name === "" || kind === "" || name.includes("/") || !texts(resource.verbs).includes("list")) return [];
    return [{ group, version, resource: name, kind, namespaced: resource.namespaced === true }];
  });
}
