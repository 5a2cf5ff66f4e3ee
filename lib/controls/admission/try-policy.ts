import { createCelBudget } from "../../cel/cel-budget";
import { CEL_LIMITS } from "../../cel/cel-limits";
import { lastOf, type Uses } from "../../cel/uses-of";
import { holdsIn } from "../../inventory/admission/match-condition";
import { createNamer, requestersIn } from "../../inventory/admission/exemplary-requests";
import type { JsonRecord } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { bothOf, type Danger, DANGERS, HARMLESS_POD, toBarest, withBareParts } from "../../pod-security/exemplary-pods";
import { createPodJudge, type Situation, toData, TOO_LARGE, type Verdict } from "./judge-pod";
import { notEvaluated } from "./not-evaluated";
import { answerOf } from "./place-questions";
import { type Expression, isRead, type ReadPolicy } from "./read-policy";
import { allOf, anyOf, type Refusal } from "./refusal";

const CHOSEN = "it also asks what whoever writes a pod can choose";
const FAILS = "it lets through pods that its expressions fail on";
const TOO_LONG = "trying it on pods takes too many steps";
const ENTANGLED = "it asks for more than the pods that it was tried on have";

/** Where in a pod things are, and what makes another kind of pod of it: no way round what is asked of the rest. */
const PARTS: readonly string[] = [
  ...[
    "apiVersion",
    "kind",
    "metadata",
    "namespace",
    "spec",
    "containers",
    "initContainers",
    "ephemeralContainers",
    "securityContext",
    "template",
    "jobTemplate",
  ],
  ...["os", "os.name", "hostUsers", "windowsOptions", "hostProcess", "localhostProfile", "procMount"],
  ...["operation", "userInfo", "username", "groups", "group", "version", "resource", "subResource"],
];

/** One policy, tried on pods within the share of one control that people write. */
export interface PolicyTrial {
  /** All that has a say in what it refuses in a namespace: where that is the same, it refuses the same. */
  readonly seenOf: (namespace: string, object: JsonRecord | null) => string;
  /** Whether it refuses whatever has a danger, and not only the pods that it is tried on, for a reason that has nothing to do with it. */
  readonly refusesDanger: (danger: Danger, situation: Situation) => Refusal;
}

function isMeant({ fields }: Uses, danger: Danger): boolean {
  return [...fields].some((field) => danger.fields.includes(lastOf(field)));
}

/** What a part of a policy says of pods that are not made. */
const REFUSED: ReadonlySet<Verdict | undefined> = new Set<Verdict>(["refuses", "unasked"]);

/** Fields that decide of any danger: who asks for several at once asks no less of each. */
const ASKED: ReadonlySet<string> = new Set([...PARTS, ...DANGERS.flatMap(({ fields, parts = [] }) => [...fields, ...parts])]);

/** What an object is called is a way round most of what is asked of it. */
const NAME = "name";

/** Whether nothing that is read is for whoever writes a pod to choose, beside the danger itself. */
function isFixed({ fields }: Uses, danger: Danger): boolean {
  const own = [...danger.fields, ...(danger.parts ?? [])];
  return [...fields].every((field) => {
    const last = lastOf(field);
    return PARTS.includes(field) || own.includes(last) || (last !== NAME && ASKED.has(last));
  });
}

const OPERATIONS = ["CREATE", "UPDATE"] as const;

/** Of all policies of a scan together, about a minute; each has the same part of them. */
const ALL_STEPS = 40_000_000;

/** Pods that do several things at once: two lists of containers, or three fields. */
const MOST_BESIDE = 3;

function isAmongFirst(spec: JsonRecord, { pods }: Danger): boolean {
  return pods.slice(0, MOST_BESIDE).includes(spec);
}

/** `policies` = how many are tried in the scan. */
export function tryPolicy(policy: ReadPolicy, policies: number): PolicyTrial {
  const { validations, conditions, variables, failsOpen } = policy;
  // Steps alone bound it: the same policy comes to the same answer on any machine.
  const budget = createCelBudget(() => 0, { ...CEL_LIMITS, controlSteps: Math.min(CEL_LIMITS.controlSteps, Math.floor(ALL_STEPS / policies)) });
  const expressions = [...conditions, ...variables, ...validations.filter(isRead)];
  const parts = expressions.map(({ uses }) => uses);
  const reads = (name: string): boolean => parts.some(({ names }) => names.has(name));
  const judge = createPodJudge(policy, budget);
  const reading = (last: string, among: readonly Expression[]) => among.filter(({ uses }) => [...uses.fields].some((field) => lastOf(field) === last));
  const usesNamespace = reads("namespaceObject");
  const conditionsOnPlace = reading("namespace", conditions);
  const allQuestions = expressions.flatMap(({ ofPlace }) => ofPlace);
  // What conditions ask of the name is answered by whether they are met, where that can be told.
  const questions = expressions.flatMap((expression, index) => expression.ofPlace.filter(({ path }) => path || index >= conditions.length));
  // The accounts of a namespace are what else is its own.
  const asksWho = reading("userInfo", expressions).length > 0;
  // They may be compared with what is written elsewhere.
  const isNamed = reads("params") || usesNamespace ? () => true : createNamer(policy.text);

  /** What a validation and the conditions of the policy read together. */
  const usesOf = rememberedOf((validation: Expression): Uses => {
    const parts = [...conditions, validation];
    return { names: new Set(parts.flatMap(({ uses }) => [...uses.names])), fields: new Set(parts.flatMap(({ uses }) => [...uses.fields])) };
  });

  /** The pod with whatever else an expression asks for that is dangerous: one danger may be what allows another. */
  const withOthers = (spec: JsonRecord, danger: Danger, uses: Uses): readonly JsonRecord[] => {
    if (!isAmongFirst(spec, danger)) return [];
    const others = DANGERS.filter((other) => other.check !== danger.check && isMeant(uses, other));
    return others.flatMap(({ pods }) => pods.slice(0, MOST_BESIDE).map((other) => bothOf(spec, other)));
  };

  const untold = (problem: string | null = null): string => (budget.isOver() ? TOO_LONG : notEvaluated(problem));

  const compare = (danger: Danger, spec: JsonRecord, toHarmless: () => readonly Verdict[], judged: (spec: JsonRecord) => readonly Verdict[]): Refusal => {
    const own = judged(spec);
    return anyOf(
      validations.values().map((validation, index): Refusal => {
        if (own[index] === "admits" || own[index] === "unasked") return false;
        if (!isRead(validation)) return untold(validation.problem);
        const harmless = own[index] === "untold" ? "untold" : toHarmless()[index];
        if (harmless === "untold") return untold();
        const uses = usesOf(validation);
        // Of what it asks nothing of it refuses every one.
        if (!uses.names.has("object") && !uses.fields.has("request.name")) return true;
        if (harmless === "refuses") return isMeant(uses, danger) ? ENTANGLED : false;
        if (!isFixed(uses, danger)) return CHOSEN;
        const isRefused = (other: JsonRecord): boolean => REFUSED.has(judged(other)[index]);
        // What the exemplary pods have in common is for whoever writes a pod to leave out. A policy may fail on any of them.
        const others = failsOpen || isAmongFirst(spec, danger) ? [toBarest(spec, danger), withBareParts(spec)] : [];
        if (!others.every(isRefused)) return budget.isOver() ? TOO_LONG : failsOpen ? FAILS : CHOSEN;
        return withOthers(spec, danger, uses).every(isRefused) || (budget.isOver() ? TOO_LONG : CHOSEN);
      }),
    );
  };

  const namedBy = (text: string) => rememberedOf(({ podsNamedIn }: Danger) => (podsNamedIn ? podsNamedIn(text) : []));
  const namedByPolicy = namedBy(policy.text);
  const namedByParams = rememberedOf((params: JsonRecord) => namedBy(JSON.stringify(params)));

  return {
    seenOf: (namespace, object) => {
      if ((asksWho && isNamed(namespace)) || (usesNamespace && object && toData(object) === TOO_LARGE)) return namespace;
      // Most conditions that ask where leave a namespace out, or do not: all others are alike to them.
      const met = conditionsOnPlace.flatMap(({ text }) => OPERATIONS.map((operation) => holdsIn(text, namespace, operation)));
      const asked = met.includes(null) ? allQuestions : questions;
      return JSON.stringify([met, asked.map((question) => answerOf(question, namespace, object))]);
    },
    refusesDanger: (danger, situation) => {
      const { namespace, params } = situation;
      const requesters = requestersIn(namespace).slice(0, asksWho ? undefined : 1);
      const without = danger.harmless ?? HARMLESS_POD;
      const [named, namedThere] = [namedByPolicy(danger), params ? namedByParams(params)(danger) : []];
      if (named === null || namedThere === null) return TOO_LONG;
      const pods = [...danger.pods, ...named, ...namedThere];
      return allOf(
        requesters.values().flatMap((requester) => {
          const judged = (spec: JsonRecord): readonly Verdict[] => judge(spec, danger.isChange ? without : null, requester, situation);
          let harmless: readonly Verdict[] | undefined;
          // Most policies let most dangers in: what they say of a harmless pod is then not asked.
          const toHarmless = () => (harmless ??= judged(without));
          return pods.values().map((spec) => compare(danger, spec, toHarmless, judged));
        }),
      );
    },
  };
}
