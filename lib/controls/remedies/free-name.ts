import type { ResourceRef } from "../../model/resource-ref";

/** The longest name of an object, with room for a number. */
const MAX_LENGTH = 250;

/** The wanted name, or with the first number behind it that makes it one that is not taken. */
export function firstFree(taken: ReadonlySet<unknown>, wanted: string): string {
  for (let i = 1; ; i += 1) {
    const name = i === 1 ? wanted : `${wanted}-${i}`;
    if (!taken.has(name)) return name;
  }
}

/** A name that no object of the namespace has: `kubectl apply` would overwrite the one that has it. */
export function freeName(objects: readonly { readonly ref: Pick<ResourceRef, "namespace" | "name"> }[], namespace: string, wanted: string): string {
  const taken = new Set(objects.filter(({ ref }) => ref.namespace === namespace).map(({ ref }) => ref.name));
  return firstFree(taken, wanted.slice(0, MAX_LENGTH).replace(/[-.]+$/, ""));
}
