import { child, listRemovals, removeInPlace, setInPlace } from "./apply-patch";
import { parsePath } from "../model/field-path";
import type { Patch, PatchOp } from "../model/patch";
import { apiGroup, type ResourceRef } from "../model/resource-ref";
import { dig, record } from "../model/json";
import { toShellWord } from "../model/shell-word";

interface JsonPatchOp {
  readonly op: "add" | "replace" | "remove" | "test";
  readonly path: string;
  readonly value?: unknown;
}

const toPointerStep = (step: string | number): string => String(step).replaceAll("~", "~0").replaceAll("/", "~1");
const pointer = (steps: readonly (string | number)[]): string => steps.map((step) => `/${toPointerStep(step)}`).join("");

/** JSON Patch (RFC 6902) adds only below what exists: the missing parents of a field come as one value. */
function toAdd(object: unknown, steps: readonly (string | number)[], value: unknown): JsonPatchOp {
  let node: unknown = object;
  for (const [i, step] of steps.entries()) {
    const next = child(node, step);
    if (next === undefined || next === null) {
      let wrapped = value;
      for (const inner of steps.slice(i + 1).reverse()) wrapped = typeof inner === "number" || inner === "-" ? [wrapped] : { [inner]: wrapped };
      return { op: "add", path: pointer(steps.slice(0, i + 1)), value: wrapped };
    }
    node = next;
  }
  return { op: "replace", path: pointer(steps), value };
}

const at = (object: unknown, steps: readonly (string | number)[]): unknown => steps.reduce(child, object);

/**
 * What tells an item of a list from its neighbours: containers, volumes and subjects have names, ports a number, rules of a role only what they say. Names of
 * subjects are told apart by their namespaces and kinds: every namespace has an account that is called default.
 */
const MARKS = [["name", "namespace", "kind"], ["containerPort"], ["resources"], ["nonResourceURLs"]];

/** That each item of a list on the way is the one that is meant: the lists may have changed since. */
function testItems(object: unknown, steps: readonly (string | number)[]): readonly JsonPatchOp[] {
  return steps.flatMap((step, i): readonly JsonPatchOp[] => {
    if (typeof step !== "number") return [];
    const item = steps.slice(0, i + 1);
    const marks = MARKS.map((names) => names.filter((name) => at(object, [...item, name]) !== undefined)).find(({ length }) => length > 0) ?? [];
    return marks.map((mark) => ({ op: "test", path: pointer([...item, mark]), value: at(object, [...item, mark]) }));
  });
}

const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null;

/**
 * That a whole list or part which a value replaces is as it was: another patch may have changed it, and this one would undo that. A part that
 * comes with its field is not there yet. What holds more than plain values may be shown redacted, so nothing is asked of it.
 */
function testReplaced(object: unknown, steps: readonly (string | number)[], value: unknown): readonly JsonPatchOp[] {
  const missing = steps.findIndex((_, i) => (at(object, steps.slice(0, i + 1)) ?? null) === null);
  const isLeaf = missing === steps.length - 1;
  if (missing !== -1 && isLeaf && (steps.at(-1) === "-" || isPlain(value))) return [];
  if (missing !== -1) return [{ op: "test", path: pointer(steps.slice(0, missing + 1)), value: null }];
  const old = at(object, steps);
  return Array.isArray(old) && old.every(isPlain) ? [{ op: "test", path: pointer(steps), value: old }] : [];
}

/**
 * The operations as a JSON Patch against the object as it is now. What holds already is left out, since removing what is not there is an error.
 * Where the object has changed in the way of the patch since, the server refuses it by the tests that come first.
 */
export function toJsonPatch(object: unknown, ops: readonly PatchOp[]): readonly JsonPatchOp[] {
  const patch: JsonPatchOp[] = [];
  const tests = new Map<string, JsonPatchOp>();
  const testFor = (steps: readonly (string | number)[], others: readonly JsonPatchOp[] = []): void => {
    for (const test of [...testItems(object, steps), ...others]) tests.set(test.path, test);
  };
  const current = structuredClone(object);
  for (const op of ops) {
    if (op.op !== "set") continue;
    const steps = parsePath(op.path);
    if (JSON.stringify(at(current, steps)) === JSON.stringify(op.value)) continue;
    testFor(steps, testReplaced(object, steps, op.value));
    patch.push(toAdd(current, steps, op.value));
    setInPlace(current, op);
  }
  for (const steps of listRemovals(ops)) {
    if (at(current, steps) === undefined) continue;
    testFor(steps);
    patch.push({ op: "remove", path: pointer(steps) });
    removeInPlace(current, steps);
  }
  return [...tests.values(), ...patch];
}

/** `deployments.apps/cart` as kubectl takes it: kind, group, name. Roles and bindings may have any name, also one that a shell would run. */
function toTarget(ref: ResourceRef): string {
  const group = apiGroup(ref);
  const object = toShellWord(`${ref.kind.toLowerCase()}${group ? `.${group}` : ""}/${ref.name}`);
  return ref.namespace ? `${object} -n ${toShellWord(ref.namespace)}` : object;
}

/** Linux starts no program with an argument of 128 KiB or more (MAX_ARG_STRLEN). */
const MAX_ARGUMENT_BYTES = 131_071;

/** A patch too long for a command line comes from a file: the JSON Patch, saved as `patch.json`. */
function toPatchOption(jsonPatch: readonly JsonPatchOp[]): string {
  const text = JSON.stringify(jsonPatch);
  return new TextEncoder().encode(text).length > MAX_ARGUMENT_BYTES ? "--patch-file patch.json" : `-p ${toShellWord(text)}`;
}

/** What the API server lets change of a pod that runs. */
const MUTABLE_IN_POD = /^\/(?:metadata\/.*|spec\/(?:(?:initContainers|containers)\/\d+\/image|activeDeadlineSeconds))$/;

/** Though they are metadata, the API server lets nobody add, change or remove them of a pod that runs. */
const APPARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io";

/** Annotations that come or go together are one operation on all of them. */
const isMutableInPod = (op: JsonPatchOp): boolean => MUTABLE_IN_POD.test(op.path) && !JSON.stringify(op).includes(APPARMOR_ANNOTATION);

/** Whether the object must be deleted and made again to change so: pods, and what Jobs make them from, are fixed. */
export function isMadeAnew(target: ResourceRef, jsonPatch: readonly JsonPatchOp[]): boolean {
  const changes = jsonPatch.filter(({ op }) => op !== "test");
  if (target.kind === "Pod" && apiGroup(target) === "") return !changes.every(isMutableInPod);
  return target.kind === "Job" && apiGroup(target) === "batch" && changes.some(({ path }) => path.startsWith("/spec/template/"));
}

/** The selector and the labels that the server made for a Job from its uid: the next one gets its own. */
function dropOwnLabels(object: unknown): readonly JsonPatchOp[] {
  const labels = record(dig(object, "spec", "template", "metadata", "labels"));
  const own = ["controller-uid", "batch.kubernetes.io/controller-uid"].filter((label) => Object.hasOwn(labels, label));
  return own.length === 0
    ? []
    : [["spec", "selector"], ...own.map((label) => ["spec", "template", "metadata", "labels", label])].map((steps) => ({ op: "remove", path: pointer(steps) }));
}

/** Containers that were added to debug cannot be there when a pod is made. */
function dropDebugging(object: unknown, jsonPatch: readonly JsonPatchOp[]): readonly JsonPatchOp[] {
  const path = "/spec/ephemeralContainers";
  const isGone = dig(object, "spec", "ephemeralContainers") === undefined || jsonPatch.some((op) => op.op === "remove" && op.path === path);
  return isGone ? [] : [{ op: "remove", path }];
}

function toChange(target: ResourceRef, jsonPatch: readonly JsonPatchOp[], object: unknown): string {
  const name = toTarget(target);
  // The kubelet makes it from a file of its node; what the API server holds is a mirror.
  if (target.kind === "StaticPod")
    return `# On its node, in the kubelet's staticPodPath (often /etc/kubernetes/manifests), change the manifest of ${toShellWord(target.name)}`;
  if (!isMadeAnew(target, jsonPatch)) return `kubectl patch ${name} --type=json ${toPatchOption(jsonPatch)}`;
  const forbidden = target.kind === "Pod" ? dropDebugging(object, jsonPatch) : dropOwnLabels(object);
  const change = toPatchOption([...jsonPatch, ...forbidden]);
  return `kubectl get ${name} -o json | kubectl patch --local -f - --type=json ${change} -o json | kubectl replace --force -f -`;
}

/** The commands that make the change; we never run them. `object` is the target as it is now. */
export function toKubectl(target: ResourceRef, patch: Patch, jsonPatch: readonly JsonPatchOp[], object?: unknown): string {
  const lines: string[] = [];
  if (jsonPatch.length > 0) lines.push(toChange(target, jsonPatch, object));
  for (const ref of patch.remove ?? []) lines.push(`kubectl delete ${toTarget(ref)}`);
  if (patch.create && patch.create.length > 0) lines.push("kubectl apply -f patch.yaml");
  return lines.join("\n");
}
