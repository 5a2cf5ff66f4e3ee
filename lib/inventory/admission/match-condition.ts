import { createCelBudget } from "../../cel/cel-budget";
import type { CelData } from "../../cel/cel-input";
import { CEL_LIMITS } from "../../cel/cel-limits";
import { type CelNode, childrenOf } from "../../cel/cel-tree";
import { compileCel } from "../../cel/compile-cel";
import { lastOf, rootOf, usesOf } from "../../cel/uses-of";
import { writeKnown } from "./write-known";
import { list, record, text } from "../../model/json";
import { createPool, remembered } from "../../model/remembered";
import type { Operation } from "./admission-rule";
import { accountOf, createNamer, literalsOf, NAME_OF_TRIAL, namedIn, personOf, requestersIn, toRequest } from "./exemplary-requests";

/** Whether a condition holds for every pod that is made in a namespace, or for none; null = that hangs on the pod or its author, or cannot be told. */
export type Answer = boolean | null;

interface Condition {
  readonly asksWhere: boolean;
  readonly holdsIn: (namespace: string) => Answer;
}

const UNTOLD: Condition = { asksWhere: true, holdsIn: () => null };

/** What whoever asks chooses of a request, and what is left out of some; the last is a field whose name is not written. */
const NOT_FIXED: ReadonlySet<string> = new Set(["name", "uid", "extra", "dryRun", "options", "subResource", "requestSubResource", ""]);

/** A request has no such part, and the object is not given. */
const OF_OBJECT = /^(?:object|oldObject|metadata)\./;

/** Whether it asks if something is there that is not the request's: of what is not given the answer would be no, in place of none. */
function asksIfThere(node: CelNode): boolean {
  const { exprKind } = node;
  return (exprKind.case === "selectExpr" && exprKind.value.testOnly && rootOf(node) !== "request") || childrenOf(node).some(asksIfThere);
}

/** What conditions say of who asks, and where, is tried with as many names; no real one has more. */
const MOST_NAMES = 50;

/** Nobody is given such a name but by Kubernetes. */
const RESERVED = /^system:/;

/** Also whomever it names, in parts or whole: anybody may be one of a group, and whoever makes pods in a namespace uses the accounts there. */
function askersIn(namespace: string, expression: string): readonly CelData[] {
  const people = literalsOf(expression).filter((name) => !RESERVED.test(name));
  return [
    ...requestersIn(namespace),
    ...[...namedIn(expression)].map((name) => accountOf(namespace, name)),
    ...people.map(personOf),
    personOf(people.join("")),
  ];
}

/** Of all conditions together, about a hundred bytes each: thousands of them in a thousand namespaces would hold a gigabyte. */
const ANSWERS = createPool(1_000_000);

function readCondition(expression: string, operation: Operation): Condition {
  const compiled = compileCel(expression, ["object", "oldObject", "request", "namespaceObject"]);
  if ("problem" in compiled) return UNTOLD;
  const { program } = compiled;
  writeKnown(program.root, operation);
  const read = [...usesOf(program.root, program.names, new Map()).fields];
  const fields = new Set(read.filter((field) => !OF_OBJECT.test(field)).map(lastOf));
  const [asksWho, asksWhere] = [fields.has("userInfo"), fields.has("namespace")];
  // Who fits a pattern is not found by trying.
  if (namedIn(expression).size > MOST_NAMES || !fields.isDisjointFrom(NOT_FIXED) || asksIfThere(program.root) || (asksWho && expression.includes("matches")))
    return UNTOLD;
  const answerOf = remembered(
    (namespace): Answer => {
      const answers = new Set<unknown>();
      // Steps alone bound it, for all of them together.
      const budget = createCelBudget(() => 0, CEL_LIMITS);
      budget.begin();
      for (const asker of asksWho ? askersIn(namespace, expression) : requestersIn(namespace).slice(0, 1)) {
        // Without the object, what hangs on it has no value.
        const result = program.evaluate({ request: toRequest(namespace, asker, operation === "UPDATE") }, budget);
        answers.add("value" in result ? result.value : null);
        if (answers.size > 1) return null;
      }
      const [only] = answers;
      return typeof only === "boolean" ? only : null;
    },
    { limit: 1_000, pool: ANSWERS },
  );
  const isNamed = createNamer(expression);
  const isTold = (namespace: string): boolean => asksWhere || (asksWho && (isNamed(namespace) || isNamed(NAME_OF_TRIAL)));
  return { asksWhere, holdsIn: (namespace) => answerOf(isTold(namespace) ? namespace : NAME_OF_TRIAL) };
}

/** What may tell a change from what is made: most conditions ask nothing of it, and their answers are worked out once for both. */
const TELLS_CHANGES = /operation|object|options|request(?!\.\w)/i;

const OPTIONS = { limit: 5_000 };
const readMade = remembered((expression) => readCondition(expression, "CREATE"), OPTIONS);
const readChanged = remembered((expression) => readCondition(expression, "UPDATE"), OPTIONS);
const CONDITIONS = {
  CREATE: readMade,
  UPDATE: (expression: string) => (TELLS_CHANGES.test(expression) ? readChanged : readMade)(expression),
};

/** Of conditions as they are written. */
export function expressionsOf(conditions: unknown): readonly string[] {
  return list(conditions).map((item) => text(record(item).expression) ?? "");
}

/** Whether a condition holds for pods that are made or changed in a namespace; null = that hangs on what is not known of them. */
export function holdsIn(expression: string, namespace: string, operation: Operation = "CREATE"): Answer {
  return CONDITIONS[operation](expression).holdsIn(namespace);
}

/** What comes of answers that must all be yes. */
export function allHold(answers: readonly Answer[]): Answer {
  return answers.includes(false) ? false : answers.includes(null) ? null : true;
}

/** What comes of answers of which one must be yes: after it no other is asked for. */
export function anyHolds(answers: Iterable<Answer>): Answer {
  let found: Answer = false;
  for (const answer of answers) {
    if (answer === true) return true;
    if (answer === null) found = null;
  }
  return found;
}

/** The same as `holdsIn` of conditions that must all hold. */
export function allHoldIn(expressions: readonly string[], namespace: string, operation: Operation = "CREATE"): Answer {
  return allHold(expressions.map((item) => holdsIn(item, namespace, operation)));
}

/** Wherever it is not `own` that is named. */
function answersFor(expression: string, operation: Operation, own?: string): readonly Answer[] {
  return [NAME_OF_TRIAL, ...namedIn(expression)].filter((namespace) => namespace !== own).map((namespace) => holdsIn(expression, namespace, operation));
}

/** Whether a condition holds for every pod that is made, or changed, wherever and by whom. */
export function holdsForAll(expression: string, operation: Operation = "CREATE"): boolean {
  return !CONDITIONS[operation](expression).asksWhere && answersFor(expression, operation).every((answer) => answer === true);
}

/** Whether a condition hangs on the pod or its author outside of a namespace: that it holds in some namespaces alone is no such thing. */
export function choosesPods(expression: string, own?: string): boolean {
  return answersFor(expression, "CREATE", own).includes(null);
}

/** Whether several conditions, which must all hold, do so for what is made alone, wherever they do. */
export function holdForCreationAlone(expressions: readonly string[]): boolean {
  const names = new Set([NAME_OF_TRIAL, ...expressions.flatMap((item) => [...namedIn(item)])]);
  const meant = [...names].filter((name) => allHoldIn(expressions, name) !== false);
  return meant.length > 0 && meant.every((name) => allHoldIn(expressions, name, "UPDATE") === false);
}
