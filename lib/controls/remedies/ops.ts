import type { PatchOp } from "../../model/patch";

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
