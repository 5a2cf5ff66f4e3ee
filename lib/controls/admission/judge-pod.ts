import type { CelBudget } from "../../cel/cel-budget";
import { type CelData, toCelData } from "../../cel/cel-input";
import { NAME_OF_TRIAL, toRequest } from "../../inventory/admission/exemplary-requests";
import type { JsonRecord } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { type Expression, isRead, type ReadPolicy } from "./read-policy";

/** Where a pod is made, and what a policy is given there. */
export interface Situation {
  readonly namespace: string;
  /** Null = it was not read. */
  readonly namespaceObject: JsonRecord | null;
  /** Null = the policy takes none. */
  readonly params: JsonRecord | null;
}

/** What the API server says of an expression that asks for what is not there; any other failure may be one of this evaluation alone. */
const IS_FAULT = /^(?:field not found|index -?\d+ out of bounds|it asks for the value of what is not there)/;

type Answer = boolean | "fault" | "untold";
/** "unasked" = an earlier part has refused the pod. */
export type Verdict = "refuses" | "admits" | "unasked" | "untold";

/** In place of an object that is: none is a text. */
export const TOO_LARGE = "too large";

/** Values as CEL sees them: the same few pods are tried on every policy, in every namespace, and the same namespaces with every pod. */
export const toData = rememberedOf((value: JsonRecord): CelData => {
  try {
    return toCelData(value);
  } catch (error) {
    if (error instanceof RangeError) return TOO_LARGE;
    throw error;
  }
});

const STATUS = toCelData({ phase: "Pending", qosClass: "Guaranteed" });
const LABELS = toCelData({ app: NAME_OF_TRIAL });

function toPod(spec: JsonRecord, namespace: string): CelData {
  return new Map<string, CelData>([
    ["apiVersion", "v1"],
    ["kind", "Pod"],
    [
      "metadata",
      new Map<string, CelData>([
        ["name", NAME_OF_TRIAL],
        ["namespace", namespace],
        ["uid", "trial"],
        ["creationTimestamp", "2026-01-01T00:00:00Z"],
        ["labels", LABELS],
      ]),
    ],
    ["spec", toData(spec)],
    ["status", STATUS],
  ]);
}

function ask({ program }: Expression, given: Readonly<Record<string, CelData>>, budget: CelBudget): { readonly value: unknown } | "fault" | "untold" {
  const answer = program.evaluate(given, budget);
  if ("value" in answer) return answer;
  return IS_FAULT.test(answer.reason) && budget.problem() === null ? "fault" : "untold";
}

function answerOf(expression: Expression, given: Readonly<Record<string, CelData>>, budget: CelBudget): Answer {
  const answer = ask(expression, given, budget);
  return typeof answer === "string" ? answer : typeof answer.value === "boolean" ? answer.value : "untold";
}

/** What it costs to give a pod to a policy, in steps. */
const STEPS_OF_A_POD = 25;

/** A pod, as it is to be and as it was; null = it is new. */
type JudgePod = (spec: JsonRecord, old: JsonRecord | null, requester: CelData, situation: Situation) => readonly Verdict[];

/** Asks a policy about pods: what each of its validations says, in the steps of `budget`. */
export function createPodJudge(policy: ReadPolicy, budget: CelBudget): JudgePod {
  const { validations, conditions, variables, failsOpen, stopsAtFault, showsPlace } = policy;
  const all = (verdict: Verdict): readonly Verdict[] => validations.map(() => verdict);
  const onFault: Verdict = failsOpen ? "admits" : "refuses";
  const areOfPlace = conditions.some(({ uses }) => uses.names.has("namespaceObject"));
  // Releases of Kyverno before 1.19 have the API server ask them first: what fails there is not asked about, unless it is refused for that.
  const mayMiss = showsPlace && areOfPlace && failsOpen;
  const usesNamespace = (showsPlace && areOfPlace) || [...variables, ...validations.filter(isRead)].some(({ uses }) => uses.names.has("namespaceObject"));

  const begin = (): boolean => {
    if (!budget.begin()) return false;
    try {
      budget.charge(STEPS_OF_A_POD);
      return true;
    } catch {
      return false;
    }
  };

  return (spec, old, requester, situation) => {
    const { namespace, namespaceObject, params } = situation;
    if ((usesNamespace && namespaceObject === null) || !begin()) return all("untold");
    const named = new Map<string, CelData>();
    const [settings, place] = [params && toData(params), namespaceObject && toData(namespaceObject)];
    if (settings === TOO_LARGE || place === TOO_LARGE) return all("untold");
    const [object, oldObject] = [toPod(spec, namespace), old && toPod(old, namespace)];
    const request = toRequest(namespace, requester, old !== null);
    const given = { object, oldObject, request, params: settings, namespaceObject: place, variables: named };
    for (const variable of variables) {
      const answer = ask(variable, given, budget);
      if (answer === "untold") return all("untold");
      // One that cannot be computed fails what asks for it, as one that is not there does.
      if (answer !== "fault") named.set(variable.name, answer.value as CelData); // safe: what came out of an expression can be put into one
    }
    const withoutPlace = { ...given, namespaceObject: null };
    const met = conditions.map((condition) => answerOf(condition, showsPlace ? given : withoutPlace, budget));
    if (met.includes(false)) return all("admits");
    if (met.includes("untold")) return all("untold");
    if (met.includes("fault")) return all(onFault);
    if (mayMiss && !conditions.every((condition) => answerOf(condition, withoutPlace, budget) === true)) return all("untold");
    let isOver = false;
    return validations.map((validation) => {
      if (isOver) return failsOpen ? "admits" : "unasked";
      const answer = isRead(validation) ? answerOf(validation, given, budget) : "untold";
      isOver = answer === "fault" && stopsAtFault;
      return answer === "untold" ? answer : answer === "fault" ? onFault : answer ? "admits" : "refuses";
    });
  };
}
