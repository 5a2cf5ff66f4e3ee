import type { KubeObject } from "../../inventory/kube-object";
import { isValidatingInCel } from "../../inventory/admission/kyverno-cel";
import { isGenerated } from "../../inventory/admission/kyverno-status";
import { record, records, text } from "../../model/json";
import { type CelProgram, compileCel } from "../../cel/compile-cel";
import { remembered } from "../../model/remembered";
import { POLICY_EXPRESSION_LENGTH } from "../../cel/cel-limits";
import { type Uses, usesOf } from "../../cel/uses-of";
import { listPlaceQuestions, type PlaceQuestion } from "./place-questions";

/** What admission policies may ask for. Who may do what, which an authorizer tells, is not known here. */
const NAMES = ["object", "oldObject", "request", "params", "namespaceObject", "variables"] as const;

/** Policies of one library, or of one team each, say most of it in the same words. */
const OPTIONS = { limit: 500 };
const COMPILED = {
  answer: remembered((written) => compileCel(written, NAMES, "answer", POLICY_EXPRESSION_LENGTH), OPTIONS),
  value: remembered((written) => compileCel(written, NAMES, "value", POLICY_EXPRESSION_LENGTH), OPTIONS),
};

export interface Expression {
  readonly text: string;
  readonly program: CelProgram;
  readonly uses: Uses;
  readonly ofPlace: readonly PlaceQuestion[];
}

/** Why something cannot be evaluated here, as people who wrote it know it; null = nobody can say. */
export interface Unread {
  readonly problem: string | null;
}

/** A policy in CEL that can be tried. */
export interface ReadPolicy {
  /** All of its expressions. */
  readonly text: string;
  readonly failsOpen: boolean;
  /** What comes after a validation that fails is not asked. */
  readonly stopsAtFault: boolean;
  /** Whether its conditions may be shown the namespace: the API server gives them none, and only what validates, also where Kyverno has it judge. */
  readonly showsPlace: boolean;
  readonly variables: readonly (Expression & { readonly name: string })[];
  readonly conditions: readonly Expression[];
  readonly validations: readonly (Expression | Unread)[];
}

/** All expressions of a policy. */
export function textOf({ body }: Pick<KubeObject, "body">): string {
  const { variables, matchConditions, validations } = record(body.spec);
  return [variables, matchConditions, validations]
    .flatMap(records)
    .map(({ expression }) => text(expression) ?? "")
    .join("\n");
}

/** A sentence as the end of another, without what could be asked for instead. */
function toPart(problem: string): string {
  const [part = ""] = problem.split(";", 1);
  return part.charAt(0).toLowerCase() + part.slice(1);
}

export function isRead(expression: Expression | Unread): expression is Expression {
  return "program" in expression;
}

/** A policy as it can be tried on a pod, or why what all of it hangs on cannot be evaluated here. */
export function readPolicy(policy: KubeObject): ReadPolicy | Unread {
  const spec = record(policy.body.spec);
  const variables = new Map<string, Expression>();
  const read = (expression: unknown, purpose: "answer" | "value"): Expression | Unread => {
    const written = text(expression) ?? "";
    const compiled = COMPILED[purpose](written);
    if ("problem" in compiled) return { problem: toPart(compiled.problem) };
    const { program } = compiled;
    return { text: written, program, uses: usesOf(program.root, program.names, variables), ofPlace: listPlaceQuestions(program.root) };
  };
  for (const { name, expression } of records(spec.variables)) {
    const variable = read(expression, "value");
    if (!isRead(variable)) return variable;
    variables.set(text(name) ?? "", variable);
  }
  const conditions = records(spec.matchConditions).map(({ expression }) => read(expression, "answer"));
  const unread = conditions.find((condition): condition is Unread => !isRead(condition));
  if (unread) return unread;
  return {
    text: textOf(policy),
    failsOpen: spec.failurePolicy === "Ignore",
    stopsAtFault: isValidatingInCel(policy),
    showsPlace: isValidatingInCel(policy) && !isGenerated(policy),
    variables: [...variables].map(([name, variable]) => ({ name, ...variable })),
    conditions: conditions.filter(isRead),
    validations: records(spec.validations).map(({ expression, unread: part }) =>
      part === undefined ? read(expression, "answer") : { problem: text(part) ?? null },
    ),
  };
}
