import { parsePath } from "../model/field-path";
import { isRecord } from "../model/json";
import type { PatchOp } from "../model/patch";

type Node = Record<string | number, unknown> | unknown[];

/** The item or the field that a step of a path leads to; undefined where nothing is there. */
export function child(node: unknown, step: string | number): unknown {
  if (Array.isArray(node)) return typeof step === "number" ? node[step] : undefined;
  return isRecord(node) && Object.hasOwn(node, step) ? node[step] : undefined;
}

function put(node: Node, step: string | number, value: unknown): void {
  if (Array.isArray(node)) {
    if (step === "-") node.push(value);
    else if (typeof step === "number") node[step] = value;
    return;
  }
  node[step] = value;
}

function isNode(value: unknown): value is Node {
  return Array.isArray(value) || isRecord(value);
}

function setValue(root: Node, steps: readonly (string | number)[], value: unknown): void {
  let node = root;
  steps.slice(0, -1).forEach((step, i) => {
    let next = child(node, step);
    if (!isNode(next)) {
      const following = steps[i + 1];
      next = typeof following === "number" || following === "-" ? [] : {};
      put(node, step, next);
    }
    node = next as Node; // safe: either it was a node or one was just put there
  });
  put(node, steps.at(-1) ?? "", structuredClone(value));
}

/** Takes a field out of this very object; nothing where it is not there. */
export function removeInPlace(root: unknown, steps: readonly (string | number)[]): void {
  const node = steps.slice(0, -1).reduce(child, root);
  if (!isNode(node)) return;
  const last = steps.at(-1) ?? "";
  if (Array.isArray(node)) {
    if (typeof last === "number") node.splice(last, 1);
  } else delete node[last];
}

function compareSteps(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const x = a[i] ?? "";
    const y = b[i] ?? "";
    if (x === y) continue;
    return typeof x === "number" && typeof y === "number" ? x - y : String(x) < String(y) ? -1 : 1;
  }
  return a.length - b.length;
}

/** The paths to remove, from the last index to the first: no removal moves what another one means. */
export function listRemovals(ops: readonly PatchOp[]): readonly (readonly (string | number)[])[] {
  return ops
    .filter((op) => op.op === "remove")
    .map((op) => parsePath(op.path))
    .sort((a, b) => compareSteps(b, a));
}

/** Sets a field of this very object, with the parents that it lacks. */
export function setInPlace(object: unknown, op: PatchOp & { readonly op: "set" }): void {
  if (isNode(object)) setValue(object, parsePath(op.path), op.value);
}

/** A copy of the object with the operations applied: sets in order, then removals. */
export function applyPatch<T>(object: T, ops: readonly PatchOp[]): T {
  const copy = structuredClone(object);
  if (!isNode(copy)) return copy;
  for (const op of ops) if (op.op === "set") setInPlace(copy, op);
  for (const steps of listRemovals(ops)) removeInPlace(copy, steps);
  return copy;
}
