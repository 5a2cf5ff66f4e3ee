import type { CelCall } from "./cel-tree";

const LOOPS: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "existsOne", "map", "filter", "transformList", "transformMap", "transformMapEntry"]);
const OPTIONAL_LOOPS: ReadonlySet<string> = new Set(["optMap", "optFlatMap"]);

/** Names that functions begin with, and that stand for nothing by themselves. */
const LIBRARIES: ReadonlySet<string> = new Set(["optional", "format", "lists"]);

function sayLoop(name: string): string {
  if (name === "map" || name === "filter")
    return `${name} takes a variable and an expression, such as \`m.${name}(k, m[k] != '')\`: of a map the variable is the key.`;
  if (name.startsWith("transform"))
    return `${name} takes two variables of different names and an expression, such as \`m.${name}(k, v, ${name.endsWith("Entry") ? "{v: k}" : "v + '!'"})\`.`;
  return `${name} takes a variable and an expression, or two variables of different names: \`m.${name}(k, v, v != '')\`.`;
}

/** What an expression may not call, in the words of somebody who knows it from Kubernetes or from CEL's extensions. */
export function sayMissingFunction({ function: name, target }: CelCall): string {
  if (LOOPS.has(name)) return sayLoop(name);
  if (name === "sortBy") return "sortBy takes a variable and an expression, such as list.sortBy(item, item.name).";
  if (OPTIONAL_LOOPS.has(name)) return `${name} takes a variable and an expression, such as object.spec.?replicas.${name}(n, n > 1).`;
  if (name === "has") return "has takes a field, such as has(object.spec).";
  if (name === "hasValue" || name === "orValue")
    return `${name} is asked of a value that may be missing, such as object.spec.?replicas.${name}(${name === "orValue" ? "1" : ""}).`;
  const of = target?.exprKind.case === "identExpr" && LIBRARIES.has(target.exprKind.value.name) ? `${target.exprKind.value.name}.` : "";
  return `There is no function called ${of}${name} that takes what it is given here.`;
}

/** What an admission policy has beside the object. */
const OF_POLICIES: Readonly<Record<string, string>> = {
  variables: "write what the variable stands for",
  params: "write the value itself",
  request: "there is no request, only the object as it is",
  oldObject: "there is no change, only the object as it is",
  authorizer: "what somebody may do is not known to an expression",
  self: "what is judged is called object",
};

/** What stands for nothing, and what there is. */
export function sayMissingName(name: string, variables: readonly string[]): string {
  const instead = Object.hasOwn(OF_POLICIES, name) ? `; ${OF_POLICIES[name]}` : "";
  return `There is no variable called ${name}; this subject has ${variables.join(", ")}${instead}.`;
}
