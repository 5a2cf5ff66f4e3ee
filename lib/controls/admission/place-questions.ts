import { type CelNode, childrenOf } from "../../cel/cel-tree";
import { readStep } from "../../cel/read-step";
import { rootOf } from "../../cel/uses-of";
import { isRecord, type JsonRecord } from "../../model/json";

/** What an expression asks of the namespace that a pod is made in. */
export interface PlaceQuestion {
  /** By what it reads of the namespace, with all that is below; null = its name, which the pod and the request have. */
  readonly path: readonly string[] | null;
  /** All that it learns of a text there; null = the text itself. */
  readonly learns: ((value: string) => boolean) | null;
}

type Place = Pick<PlaceQuestion, "path"> & { readonly asksIfThere: boolean };

function textOf({ exprKind }: CelNode): string | null {
  const constant = exprKind.case === "constExpr" ? exprKind.value.constantKind : undefined;
  return constant?.case === "stringValue" ? constant.value : null;
}

function argsOf({ exprKind }: CelNode, name: string): readonly CelNode[] {
  return exprKind.case === "callExpr" && exprKind.value.function === name ? exprKind.value.args : [];
}

/** The path by which a node reads the namespace; null = it does not. */
function pathOf(node: CelNode): readonly string[] | null {
  if (node.exprKind.case === "identExpr") return node.exprKind.value.name === "namespaceObject" ? [] : null;
  const step = readStep(node);
  const above = step && pathOf(step.of);
  return step && above && step.field !== null ? [...above, step.field] : null;
}

function placeOf(node: CelNode): Place | null {
  const [key, of] = argsOf(node, "@in");
  const [field, above] = [key && textOf(key), of && pathOf(of)];
  if (typeof field === "string" && above) return { path: [...above, field], asksIfThere: true };
  const path = pathOf(node);
  const asksIfThere = node.exprKind.case === "selectExpr" && node.exprKind.value.testOnly;
  if (path) return { path, asksIfThere };
  return readStep(node)?.field === "namespace" && rootOf(node) !== "params" ? { path: null, asksIfThere } : null;
}

const PARTS_OF_TEXTS: Readonly<Record<string, (value: string, part: string) => boolean>> = {
  startsWith: (value, part) => value.startsWith(part),
  endsWith: (value, part) => value.endsWith(part),
  contains: (value, part) => value.includes(part),
};

/** A node that compares another with texts that are written beside it, and what it learns so. */
function toComparison(node: CelNode): { readonly of: CelNode; readonly learns: (value: string) => boolean } | null {
  const equal = [...argsOf(node, "_==_"), ...argsOf(node, "_!=_")];
  const [other] = equal.flatMap((arg) => textOf(arg) ?? []);
  const of = equal.find((arg) => textOf(arg) === null);
  if (of && other !== undefined) return { of, learns: (value) => value === other };
  const {
    target,
    args: [part],
    function: name,
  } = node.exprKind.case === "callExpr" ? node.exprKind.value : { args: [], function: "" };
  const [looksFor, sought] = [PARTS_OF_TEXTS[name], part && textOf(part)];
  if (target && looksFor && typeof sought === "string") return { of: target, learns: (value) => looksFor(value, sought) };
  const [item, among] = argsOf(node, "@in");
  if (!item || among?.exprKind.case !== "listExpr") return null;
  const texts = among.exprKind.value.elements.map(textOf);
  const known = new Set(texts);
  return known.has(null) ? null : { of: item, learns: (value) => known.has(value) };
}

/** All that an expression asks of the namespace. Of paths the longest ones alone, which say most exactly what is read. */
export function listPlaceQuestions(node: CelNode): readonly PlaceQuestion[] {
  const comparison = toComparison(node);
  const asked = comparison?.of ?? node;
  const place = placeOf(asked);
  if (!place) return childrenOf(node).flatMap(listPlaceQuestions);
  const learns = place.asksIfThere ? () => true : (comparison?.learns ?? null);
  // What has a field of this name may be anything, and hang on the namespace in turn.
  return [{ path: place.path, learns }, ...(place.path ? [] : childrenOf(asked).flatMap(listPlaceQuestions))];
}

/** What a question comes to: the same where nothing that comes of it differs. `object` is null where the namespace was not read. */
export function answerOf({ path, learns }: PlaceQuestion, namespace: string, object: JsonRecord | null): unknown {
  // Of one that was not read nothing can be told, of one without the field that it is not there.
  if (path && object === null) return null;
  let value: unknown = path ? object : namespace;
  for (const [depth, field] of (path ?? []).entries()) {
    // An error, or a no where it is asked if the last one is there.
    if (!isRecord(value) || !Object.hasOwn(value, field)) return [depth, isRecord(value) ? null : value];
    value = value[field];
  }
  return learns && typeof value === "string" ? learns(value) : [value];
}
