import { childrenOf, type CelNode } from "./cel-tree";
import { readStep } from "./read-step";

/** What an expression reads, and the variables that it uses in turn. */
export interface Uses {
  /** Of the variables that it may ask for. */
  readonly names: ReadonlySet<string>;
  /** Fields of the object and the request, after what they are in: `os.name`; `.name` of what has no name, `.` where a field is not named either. */
  readonly fields: ReadonlySet<string>;
}

/** What the fields of these lead to is fixed by where a pod is made, not by what it says. */
const OF_PLACE: ReadonlySet<string> = new Set(["namespaceObject", "params"]);

export function rootOf(node: CelNode): string | null {
  const step = readStep(node);
  if (step) return rootOf(step.of);
  return node.exprKind.case === "identExpr" ? node.exprKind.value.name : null;
}

export function usesOf(root: CelNode, names: ReadonlySet<string>, variables: ReadonlyMap<string, { readonly uses: Uses }>): Uses {
  const fields = new Set<string>();
  const used = new Set(names);
  const visit = (node: CelNode): void => {
    const step = readStep(node);
    const origin = step && rootOf(step.of);
    if (step && origin === "variables" && !readStep(step.of)) {
      // A variable whose name is not written may be any.
      for (const variable of step.field === null ? variables.values() : [variables.get(step.field)]) {
        for (const name of variable?.uses.names ?? []) used.add(name);
        for (const field of variable?.uses.fields ?? []) fields.add(field);
      }
    } else if (step && !OF_PLACE.has(origin ?? "")) {
      const above = readStep(step.of)?.field ?? (step.of.exprKind.case === "identExpr" ? origin : null);
      fields.add(`${above ?? ""}.${step.field ?? ""}`);
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return { names: used, fields };
}

/** The field itself: `name` of `os.name`. */
export function lastOf(field: string): string {
  return field.slice(field.indexOf(".") + 1);
}
