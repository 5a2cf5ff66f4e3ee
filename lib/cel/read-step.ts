import type { CelNode } from "./cel-tree";
import { OPTIONAL_STEPS } from "./expand-macros";

/** One step from a value into it: `of.field`, `of['field']` or `of.?field`. */
interface ReadStep {
  readonly of: CelNode;
  /** Null where the name is not written. */
  readonly field: string | null;
}

/** The step that a node takes; null = it takes none. */
export function readStep({ exprKind }: CelNode): ReadStep | null {
  if (exprKind.case === "selectExpr") return exprKind.value.operand ? { of: exprKind.value.operand, field: exprKind.value.field } : null;
  if (exprKind.case !== "callExpr") return null;
  const { function: name, target, args } = exprKind.value;
  const [of, index] = name === "_[_]" ? args : OPTIONAL_STEPS.has(name) ? [target, args[0]] : [];
  const key = index?.exprKind.case === "constExpr" ? index.exprKind.value.constantKind : undefined;
  return of ? { of, field: key?.case === "stringValue" ? key.value : null } : null;
}
