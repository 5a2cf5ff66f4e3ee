import type { parse } from "@bufbuild/cel";

/** One node of an expression, as the CEL specification draws it: macros are loops already. */
export type CelNode = ReturnType<typeof parse>["expr"];
export type CelLoop = Extract<CelNode["exprKind"], { case: "comprehensionExpr" }>["value"];
export type CelCall = Extract<CelNode["exprKind"], { case: "callExpr" }>["value"];

/** Names of types, for `type(x) == string`. */
export const TYPE_NAMES = ["bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type"];

const present = (nodes: readonly (CelNode | undefined)[]): readonly CelNode[] => nodes.filter((node) => node !== undefined);

/** The nodes directly below one. */
export function childrenOf({ exprKind }: CelNode): readonly CelNode[] {
  switch (exprKind.case) {
    case "callExpr":
      return present([exprKind.value.target, ...exprKind.value.args]);
    case "selectExpr":
      return present([exprKind.value.operand]);
    case "listExpr":
      return exprKind.value.elements;
    case "structExpr":
      return exprKind.value.entries.flatMap((entry) => present([entry.keyKind.case === "mapKey" ? entry.keyKind.value : undefined, entry.value]));
    case "comprehensionExpr": {
      const { iterRange, accuInit, loopCondition, loopStep, result } = exprKind.value;
      return present([iterRange, accuInit, loopCondition, loopStep, result]);
    }
    default:
      return [];
  }
}

/** The loop of `all` and `exists`, with the test of one item; null for any other. */
export function toQuantifier(loop: CelLoop): { readonly kind: "all" | "exists"; readonly test: CelNode } | null {
  const step = loop.loopStep?.exprKind;
  const start = loop.accuInit?.exprKind;
  if (step?.case !== "callExpr" || start?.case !== "constExpr" || start.value.constantKind.case !== "boolValue") return null;
  const test = step.value.args[1];
  if (!test) return null;
  if (step.value.function === "_&&_") return { kind: "all", test };
  return step.value.function === "_||_" ? { kind: "exists", test } : null;
}
