import type { KubeObject } from "../../inventory/kube-object";
import { isValidatingInCel } from "../../inventory/admission/kyverno-cel";
import { record, records, text } from "../../model/json";
import type { CelNode } from "../../cel/cel-tree";
import { childrenOf } from "../../cel/cel-tree";
import { type CelProgram, compileCel } from "../../cel/compile-cel";
import { readStep } from "../../cel/read-step";
import { type Uses, usesOf } from "../../cel/uses-of";

/** What admission policies may ask for. Who may do what, which an authorizer tells, is not known here. */
const NAMES = ["object", "oldObject", "request", "params", "namespaceObject", "variables"] as const;

export interface Expression {
  readonly text: string;
  readonly program: CelProgram;
  readonly uses: Uses;
  /** Paths of all that it reads of the namespace; what is below them is read, too. */
  readonly ofNamespace: readonly (readonly string[])[];
}

/** A policy in CEL that can be tried. */
export interface ReadPolicy {
  /** All of its expressions. */
  readonly text: string;
  readonly failsOpen: boolean;
  /** What comes after a validation that fails is not asked. */
  readonly stopsAtFault: boolean;
  readonly variables: readonly (Expression & { readonly name: string })[];
  readonly conditions: readonly Expression[];
  /** Null = an expression that cannot be evaluated here. */
  readonly validations: readonly (Expression | null)[];
}

/** A step into a value, or the question whether it can be taken: `'field' in of`. */
function stepOrQuestion(node: CelNode): ReturnType<typeof readStep> {
  const step = readStep(node);
  if (step || node.exprKind.case !== "callExpr" || node.exprKind.value.function !== "@in") return step;
  const [key, of] = node.exprKind.value.args;
  const constant = key?.exprKind.case === "constExpr" ? key.exprKind.value.constantKind : undefined;
  return of && constant?.case === "stringValue" ? { of, field: constant.value } : null;
}

/** The path by which a node reads the namespace; null = it does not. */
function namespacePathOf(node: CelNode): readonly string[] | null {
  if (node.exprKind.case === "identExpr") return node.exprKind.value.name === "namespaceObject" ? [] : null;
  const step = stepOrQuestion(node);
  const above = step && namespacePathOf(step.of);
  return step && above && step.field !== null ? [...above, step.field] : null;
}

/** The longest ones alone, which say most exactly what is read. */
function namespacePathsOf(node: CelNode): readonly (readonly string[])[] {
  const path = namespacePathOf(node);
  return path ? [path] : childrenOf(node).flatMap(namespacePathsOf);
}

/** All expressions of a policy. */
export function textOf({ body }: Pick<KubeObject, "body">): string {
  const { variables, matchConditions, validations } = record(body.spec);
  return [variables, matchConditions, validations]
    .flatMap(records)
    .map(({ expression }) => text(expression) ?? "")
    .join("\n");
}

/** A policy as it can be tried on a pod; null = what all of it hangs on cannot be evaluated here. */
export function readPolicy(policy: KubeObject): ReadPolicy | null {
  const spec = record(policy.body.spec);
  const variables = new Map<string, Expression>();
  const read = (expression: unknown, purpose: "answer" | "value"): Expression | null => {
    const written = text(expression) ?? "";
    const compiled = compileCel(written, NAMES, purpose, "policyLength");
    if ("problem" in compiled) return null;
    const { program } = compiled;
    return { text: written, program, uses: usesOf(program.root, program.names, variables), ofNamespace: namespacePathsOf(program.root) };
  };
  for (const { name, expression } of records(spec.variables)) {
    const variable = read(expression, "value");
    if (!variable) return null;
    variables.set(text(name) ?? "", variable);
  }
  const conditions = records(spec.matchConditions).flatMap(({ expression }) => read(expression, "answer") ?? []);
  if (conditions.length < records(spec.matchConditions).length) return null;
  return {
    text: textOf(policy),
    failsOpen: spec.failurePolicy === "Ignore",
    stopsAtFault: isValidatingInCel(policy),
    variables: [...variables].map(([name, variable]) => ({ name, ...variable })),
    conditions,
    validations: records(spec.validations).map(({ expression }) => read(expression, "answer")),
  };
}
