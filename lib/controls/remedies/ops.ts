import type { PatchOp } from "../../model/patch";
import type { Weakness } from "../define";

/** `path` is a field path of lib/model/field-path: `spec.containers[0].image`. */
export function set(path: string, value: unknown): PatchOp {
  return { op: "set", path, value };
}

export function remove(path: string): PatchOp {
  return { op: "remove", path };
}

/** One removal per distinct path. */
export function removeAll(paths: Iterable<string>): readonly PatchOp[] {
  return [...new Set(paths)].map(remove);
}

/** Removes the annotations among what was found. */
export function removeAnnotations(weaknesses: readonly Weakness[]): readonly PatchOp[] {
  return removeAll(weaknesses.map(({ path }) => path).filter((path) => path.includes("annotations[")));
}
