import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import { dig, text } from "@/lib/model/json";
import { apiGroup, type ResourceRef } from "@/lib/model/resource-ref";
import type { Manifest } from "../world/manifest";
import { findCustomKind } from "./custom-definition";

/** The API path of an object's list, e.g. `/apis/apps/v1/namespaces/shop/deployments`. Of other kinds than built-in ones, those that collectors name. */
export function listPathOf(object: Manifest): string {
  const apiVersion = text(object.apiVersion) ?? "";
  // A server of today refuses former versions of its own kinds: that is for it to say.
  const known = BUILT_IN_RESOURCES.find(({ kind, group }) => kind === object.kind && group === apiGroup({ apiVersion }));
  const resource = known ?? findCustomKind(object);
  if (resource === null) throw new Error(`no path for ${apiVersion} ${String(object.kind)}`);
  const root = resource.group === "" ? "/api/v1" : `/apis/${apiVersion}`;
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
