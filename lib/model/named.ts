import type { ResourceRef } from "./resource-ref";

/** How sentences call an object: `NetworkPolicy shop/deny`. */
export function named({ kind, namespace, name }: Pick<ResourceRef, "kind" | "namespace" | "name">): string {
  return `${kind} ${namespace === null ? name : `${namespace}/${name}`}`;
}
