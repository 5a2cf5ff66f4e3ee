import type { ResourceRef } from "../../model/resource-ref";

/** The longest name of an object, with room for a number. */
const MAX_LENGTH = 250;

/** A name that no object of the namespace has: `kubectl apply` would overwrite the one that has it. */
export function freeName(objects: readonly { readonly ref: Pick<ResourceRef, "namespace" | "name"> }[], namespace: string, wanted: string): string {
  const taken = new Set(objects.filter(({ ref }) => ref.namespace === namespace).map(({ ref }) => ref.name));
  const short = wanted.slice(0, MAX_LENGTH).replace(/[-.]+$/, "");
  for (let i = 1; ; i += 1) {
    const name = i === 1 ? short : `${short}-${i}`;
    if (!taken.has(name)) return name;
  }
}
