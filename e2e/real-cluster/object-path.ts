import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import { apiVersionOf } from "@/lib/demo/served-resource";
import { dig, text } from "@/lib/model/json";
import type { ResourceRef } from "@/lib/model/resource-ref";
import type { Manifest } from "../world/manifest";
import { findCustomKind } from "./custom-definition";

/** The API path of an object's list, e.g. `/apis/apps/v1/namespaces/shop/deployments`. Of other kinds than built-in ones, those that collectors name. */
export function listPathOf(object: Manifest): string {
  const known = BUILT_IN_RESOURCES.find((candidate) => candidate.kind === object.kind && apiVersionOf(candidate) === object.apiVersion);
  const resource = known ?? findCustomKind(object);
  if (resource === null) throw new Error(`no path for ${String(object.apiVersion)} ${String(object.kind)}`);
  const root = resource.group === "" ? "/api/v1" : `/apis/${resource.group}/${resource.version}`;
  const namespace = text(dig(object, "metadata", "namespace")) ?? "default";
  return resource.namespaced ? `${root}/namespaces/${namespace}/${resource.plural}` : `${root}/${resource.plural}`;
}

export function objectPathOf(object: Manifest): string {
  return `${listPathOf(object)}/${text(dig(object, "metadata", "name")) ?? ""}`;
}

/** The path of what a verdict or a patch is about. */
export function refPathOf({ apiVersion, kind, namespace, name }: ResourceRef): string {
  return objectPathOf({ apiVersion, kind: kind === "StaticPod" ? "Pod" : kind, metadata: { name, ...(namespace === null ? {} : { namespace }) } });
}
