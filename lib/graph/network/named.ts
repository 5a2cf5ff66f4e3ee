import type { ResourceRef } from "../../model/resource-ref";

/** How sentences call an object: `NetworkPolicy shop/deny`. */
export function named({ kind, namespace, name }: ResourceRef): string {
  return `${kind} ${namespace === null ? name : `${namespace}/${name}`}`;
}
