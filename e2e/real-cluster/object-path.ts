import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import { apiVersionOf } from "@/lib/demo/served-resource";
import { dig, text } from "@/lib/model/json";
import type { Manifest } from "../world/manifest";

/** The API path of an object's list, e.g. `/apis/apps/v1/namespaces/shop/deployments`. Built-in kinds only. */
export function listPathOf(object: Manifest): string {
  const resource = BUILT_IN_RESOURCES.find((candidate) => candidate.kind === object.kind && apiVersionOf(candidate) === object.apiVersion);
  if (resource === undefined) throw new Error(`no path for ${String(object.apiVersion)} ${String(object.kind)}`);
  const root = resource.group === "" ? "/api/v1" : `/apis/${resource.group}/${resource.version}`;
  const namespace = text(dig(object, "metadata", "namespace")) ?? "default";
  return resource.namespaced ? `${root}/namespaces/${namespace}/${resource.plural}` : `${root}/${resource.plural}`;
}

export function objectPathOf(object: Manifest): string {
  return `${listPathOf(object)}/${text(dig(object, "metadata", "name")) ?? ""}`;
}
