import "server-only";
import { record, records, text } from "@/lib/model/json";
import { apiGroup, apiVersionName } from "@/lib/model/resource-ref";
import { BUILT_IN_RESOURCES } from "./built-in-resources";
import { apiVersionOf, type ServedResource } from "./served-resource";

/** What a server with these objects serves: the built-in kinds, the kinds of its CRDs, and any other kind that it holds. */
export function toServedResources(objects: Iterable<unknown>): readonly ServedResource[] {
  const served = new Map(BUILT_IN_RESOURCES.map((resource) => [`${apiVersionOf(resource)}/${resource.kind}`, resource]));
  const guessed = new Map<string, ServedResource>();
  for (const object of objects) {
    const body = record(object);
    const apiVersion = text(body.apiVersion) ?? "v1";
    const kind = text(body.kind) ?? "";
    if (kind === "CustomResourceDefinition") for (const resource of toCustomResources(body)) served.set(`${apiVersionOf(resource)}/${resource.kind}`, resource);
    const key = `${apiVersion}/${kind}`;
    if (kind === "" || served.has(key) || guessed.has(key)) continue;
    guessed.set(key, guess(apiVersion, kind, text(record(body.metadata).namespace) !== undefined));
  }
  return [...new Map([...guessed, ...served]).values()];
}

function toCustomResources(definition: Readonly<Record<string, unknown>>): readonly ServedResource[] {
  const spec = record(definition.spec);
  const names = record(spec.names);
  return records(spec.versions)
    .filter((version) => version.served !== false)
    .map((version) => ({
      group: text(spec.group) ?? "",
      version: text(version.name) ?? "v1",
      plural: text(names.plural) ?? "",
      kind: text(names.kind) ?? "",
      namespaced: spec.scope === "Namespaced",
    }));
}

function guess(apiVersion: string, kind: string, namespaced: boolean): ServedResource {
  const lower = kind.toLowerCase();
  const plural = /(s|x|ch)$/.test(lower) ? `${lower}es` : /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
  return { group: apiGroup({ apiVersion }), version: apiVersionName({ apiVersion }), plural, kind, namespaced };
}

/** The answer to `/apis`. */
export function toGroupList(resources: readonly ServedResource[]): unknown {
  const versions = new Map<string, string[]>();
  for (const { group, version } of resources) {
    if (group === "") continue;
    const known = versions.get(group) ?? [];
    if (!known.includes(version)) known.push(version);
    versions.set(group, known);
  }
  const groups = [...versions].map(([name, list]) => {
    const entries = list.map((version) => ({ groupVersion: `${name}/${version}`, version }));
    return { name, versions: entries, preferredVersion: entries[0] };
  });
  return { kind: "APIGroupList", apiVersion: "v1", groups };
}

/** The answer to `/api/v1` and `/apis/<group>/<version>`; null when nothing of it is served. */
export function toResourceList(resources: readonly ServedResource[], groupVersion: string): unknown {
  const own = resources.filter((resource) => apiVersionOf(resource) === groupVersion);
  if (own.length === 0) return null;
  return {
    kind: "APIResourceList",
    apiVersion: "v1",
    groupVersion,
    resources: own.map(({ plural, kind, namespaced }) => ({
      name: plural,
      singularName: kind.toLowerCase(),
      namespaced,
      kind,
      verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
    })),
  };
}
