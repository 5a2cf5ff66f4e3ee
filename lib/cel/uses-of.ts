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

/** The name that a path begins with: `object` of `object.spec.replicas`; null where it begins with no name. */
export function rootOf(node: CelNode): string | null {
  const step = readStep(node);
  if (step) return rootOf(step.of);
  return node.exprKind.case === "identExpr" ? node.exprKind.value.name : null;
}

/** The variable of a policy that a path begins with. */
function variableOf(node: CelNode): string | null {
  const step = readStep(node);
  return step && (readStep(step.of) ? variableOf(step.of) : step.field);
}

/** What an expression asks, from `root` down; `names` = what its program reads by name, `variables` = those of its policy, by theirs. */
export function usesOf(root: CelNode, names: ReadonlySet<string>, variables: ReadonlyMap<string, { readonly uses: Uses }>): Uses {
  const fields = new Set<string>();
  const used = new Set(names);
  const isOfPlace = (node: CelNode): boolean => {
    const origin = rootOf(node);
    if (origin !== "variables" || !readStep(node)) return OF_PLACE.has(origin ?? "");
    const uses = variables.get(variableOf(node) ?? "")?.uses;
    return uses !== undefined && uses.fields.size === 0 && uses.names.size > 0 && uses.names.isSubsetOf(OF_PLACE);
  };
  const visit = (node: CelNode): void => {
    const step = readStep(node);
    const origin = step && rootOf(step.of);
    if (step && origin === "variables" && !readStep(step.of)) {
      // A variable whose name is not written may be any.
      for (const variable of step.field === null ? variables.values() : [variables.get(step.field)]) {
        for (const name of variable?.uses.names ?? []) used.add(name);
        for (const field of variable?.uses.fields ?? []) fields.add(field);
      }
    } else if (step && !isOfPlace(step.of)) {
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
