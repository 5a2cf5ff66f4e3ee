import { toConstant, toIdent } from "../../cel/cel-build";
import { type CelCall, type CelNode, childrenOf } from "../../cel/cel-tree";
import { readStep } from "../../cel/read-step";
import type { Operation } from "./admission-rule";

/** What a node reads, from a variable on: `object.metadata.namespace`; null where a step is not written, or it begins with none. */
function pathOf(node: CelNode): string | null {
  if (node.exprKind.case === "identExpr") return node.exprKind.value.name;
  if (node.exprKind.case === "selectExpr" && node.exprKind.value.testOnly) return null;
  const step = readStep(node);
  const above = step && pathOf(step.of);
  return above && step?.field ? `${above}.${step.field}` : null;
}

const text =
  (value: string) =>
  (id: bigint): CelNode =>
    toConstant(id, { case: "stringValue", value });

function toNamespace(id: bigint): CelNode {
  const exprKind = {
    case: "selectExpr",
    value: { $typeName: "cel.expr.Expr.Select", operand: toIdent(id, "request"), field: "namespace", testOnly: false },
  } as const;
  return { $typeName: "cel.expr.Expr", id, exprKind };
}

/** What every pod says, whoever makes it. */
const OF_PODS: ReadonlyMap<string | null, (id: bigint) => CelNode> = new Map([
  ["object.kind", text("Pod")],
  ["object.apiVersion", text("v1")],
  ["object.metadata.namespace", toNamespace],
  ["namespaceObject.metadata.name", toNamespace],
]);

/** Whether a variable that an expression compares with null is null; null = it does no such thing. */
function isNone({ args }: CelCall, operation: Operation): boolean | null {
  const isNull = ({ exprKind }: CelNode): boolean => exprKind.case === "constExpr" && exprKind.value.constantKind.case === "nullValue";
  const other = args.find((arg) => !isNull(arg));
  const path = other && args.some(isNull) ? pathOf(other) : null;
  if (path === "oldObject") return operation === "CREATE";
  return path === "object" || path === "namespaceObject" ? false : null;
}

/** Writes into a condition what it asks of a pod that is the same for all: its kind, its namespace, and whether there was one before. Changes the tree. */
export function writeKnown(node: CelNode, operation: Operation): void {
  const known = OF_PODS.get(pathOf(node));
  if (known) {
    node.exprKind = known(node.id).exprKind;
    return;
  }
  const { exprKind } = node;
  if (exprKind.case === "callExpr" && (exprKind.value.function === "_==_" || exprKind.value.function === "_!=_")) {
    const answer = isNone(exprKind.value, operation);
    if (answer !== null) {
      node.exprKind = toConstant(node.id, { case: "boolValue", value: answer === (exprKind.value.function === "_==_") }).exprKind;
      return;
    }
  }
  for (const child of childrenOf(node)) writeKnown(child, operation);
}
