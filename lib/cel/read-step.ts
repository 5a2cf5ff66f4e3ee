import type { CelNode } from "./cel-tree";
import { CHAINED_FIELD, CHAINED_INDEX } from "./expand-macros";
import { OPTIONAL_FIELD, OPTIONAL_INDEX } from "./rewrite-optionals";

const INDEXES: ReadonlySet<string> = new Set([OPTIONAL_FIELD, OPTIONAL_INDEX, CHAINED_FIELD, CHAINED_INDEX]);

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
  const [of, index] = name === "_[_]" ? args : INDEXES.has(name) ? [target, args[0]] : [];
  const key = index?.exprKind.case === "constExpr" ? index.exprKind.value.constantKind : undefined;
  return of ? { of, field: key?.case === "stringValue" ? key.value : null } : null;
}
