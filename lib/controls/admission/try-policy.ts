import type { JsonRecord } from "../../model/json";
import { type Danger, DANGERS, HARMLESS_POD } from "../../pod-security/exemplary-pods";
import { type CelBudget, createCelBudget } from "../own/cel-budget";
import { type CelData, toCelData } from "../own/cel-input";
import type { Expression, ReadPolicy, Uses } from "./read-policy";

/** Whether something is refused; a text = why that cannot be told, as part of a sentence. */
export type Refusal = boolean | string;

/** `decisive` as soon as one says so, else why that cannot be told, else the opposite. */
function join(refusals: Iterable<Refusal>, decisive: boolean): Refusal {
  let doubt: string | null = null;
  for (const refusal of refusals) {
    if (refusal === decisive) return decisive;
    if (typeof refusal === "string") doubt ??= refusal;
  }
  return doubt ?? !decisive;
}

/** One of them is enough; those after it are not asked. */
export function anyOf(refusals: Iterable<Refusal>): Refusal {
  return join(refusals, true);
}

/** All of them are needed. */
export function allOf(refusals: Iterable<Refusal>): Refusal {
  return join(refusals, false);
}

/** Where a pod is made, and what a policy is given there. */
interface Situation {
  readonly namespace: string;
  /** Null = it was not read. */
  readonly namespaceObject: JsonRecord | null;
  /** Null = the policy takes none. */
  readonly params: JsonRecord | null;
}

export const NOT_EVALUATED = "what it asks cannot be evaluated here";
const CHOSEN = "it also asks what whoever writes a pod can choose";
const ENTANGLED = "it asks for more than the pods that it was tried on have";

/** Somebody who signs in, and the controller that makes the pods of a Deployment: what lets one of them through lets everybody through. */
const REQUESTERS: readonly JsonRecord[] = [
  { username: "someone@example.com", uid: "someone", groups: ["system:authenticated"], extra: {} },
  {
    username: "system:serviceaccount:kube-system:replicaset-controller",
    uid: "replicaset-controller",
    groups: ["system:serviceaccounts", "system:serviceaccounts:kube-system", "system:authenticated"],
    extra: {},
  },
];

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

function lastOf(field: string): string {
  return field.slice(field.indexOf(".") + 1);
}

/** What the API server says of an expression that asks for what is not there; any other failure may be one of this evaluation alone. */
const IS_FAULT = /^(?:field not found|index -?\d+ out of bounds|it asks for the value of what is not there)/;

type Answer = boolean | "fault" | "untold";
type Verdict = "refuses" | "admits" | "untold";

const KIND = { group: "", version: "v1", kind: "Pod" };
const RESOURCE = { group: "", version: "v1", resource: "pods" };

function toRequest(namespace: string, name: string, userInfo: JsonRecord): JsonRecord {
  const asked = { kind: KIND, resource: RESOURCE, subResource: "", requestKind: KIND, requestResource: RESOURCE, requestSubResource: "" };
  return {
    uid: "trial",
    ...asked,
    name,
    namespace,
    operation: "CREATE",
    userInfo,
    dryRun: false,
    options: { kind: "CreateOptions", apiVersion: "meta.k8s.io/v1" },
  };
}

const STATUS = toCelData({ phase: "Pending", qosClass: "Guaranteed" });

/** Specs as CEL sees them: the same few are tried on every policy, in every namespace. */
const specs = new WeakMap<JsonRecord, CelData>();

function toSpec(spec: JsonRecord): CelData {
  const known = specs.get(spec) ?? toCelData(spec);
  specs.set(spec, known);
  return known;
}

function toPod(spec: JsonRecord, namespace: string, name: string): CelData {
  const metadata = toCelData({ name, namespace, uid: "trial", creationTimestamp: "2026-01-01T00:00:00Z", labels: { app: name } });
  return new Map<string, CelData>([
    ["apiVersion", "v1"],
    ["kind", "Pod"],
    ["metadata", metadata],
    ["spec", toSpec(spec)],
    ["status", STATUS],
  ]);
}

/** One policy, tried on pods within the share of one control that people write. */
export interface PolicyTrial {
  /** Namespaces have a say in what it refuses. */
  readonly dependsOnPlace: boolean;
  /** Whether it refuses whatever has a danger, and not only the pods that it is tried on, for a reason that has nothing to do with it. */
  readonly refusesDanger: (danger: Danger, situation: Situation) => Refusal;
}

function isMeant({ fields }: Uses, danger: Danger): boolean {
  return [...fields].some((field) => danger.fields.includes(lastOf(field)));
}

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

function ask({ program }: Expression, given: Readonly<Record<string, CelData>>, budget: CelBudget): { readonly value: unknown } | "fault" | "untold" {
  const answer = program.evaluate(given, budget);
  if ("value" in answer) return answer;
  return IS_FAULT.test(answer.reason) && budget.problem() === null ? "fault" : "untold";
}

function answerOf(expression: Expression, given: Readonly<Record<string, CelData>>, budget: CelBudget): Answer {
  const answer = ask(expression, given, budget);
  return typeof answer === "string" ? answer : typeof answer.value === "boolean" ? answer.value : "untold";
}

export function tryPolicy(policy: ReadPolicy): PolicyTrial {
  const { validations, conditions, variables, failsOpen } = policy;
  // Steps alone bound it: the same policy comes to the same answer on any machine.
  const budget = createCelBudget(() => 0);
  const all = (verdict: Verdict): readonly Verdict[] => validations.map(() => verdict);
  const onFault: Verdict = failsOpen ? "admits" : "refuses";
  const parts = [...conditions, ...variables, ...validations].flatMap((expression) => expression?.uses ?? []);
  const usesNamespace = parts.some(({ names }) => names.has("namespaceObject"));

  const asksWho = parts.some(({ fields }) => [...fields].some((field) => lastOf(field) === "userInfo"));
  const requesters = asksWho ? REQUESTERS : REQUESTERS.slice(0, 1);

  const judge = (spec: JsonRecord, requester: JsonRecord, { namespace, namespaceObject, params }: Situation): readonly Verdict[] => {
    if ((usesNamespace && namespaceObject === null) || !budget.begin()) return all("untold");
    const named = new Map<string, CelData>();
    const given: Record<string, CelData> = {
      object: toPod(spec, namespace, "trial"),
      oldObject: null,
      request: toCelData(toRequest(namespace, "trial", requester)),
      params: toCelData(params),
      namespaceObject: toCelData(namespaceObject),
      variables: named,
    };
    for (const variable of variables) {
      const answer = ask(variable, given, budget);
      if (answer === "untold") return all("untold");
      // One that cannot be computed fails what asks for it, as one that is not there does.
      if (answer !== "fault") named.set(variable.name, answer.value as CelData); // safe: what came out of an expression can be put into one
    }
    const met = conditions.map((condition) => answerOf(condition, given, budget));
    if (met.includes(false)) return all("admits");
    if (met.includes("untold")) return all("untold");
    if (met.includes("fault")) return all(onFault);
    return validations.map((validation) => {
      const answer = validation ? answerOf(validation, given, budget) : "untold";
      return answer === "untold" ? answer : answer === "fault" ? onFault : answer ? "admits" : "refuses";
    });
  };

  /** What a validation and the conditions of the policy read together. */
  const usesOf = (validation: Expression | null | undefined): Uses => {
    const parts = [...conditions, ...(validation ? [validation] : [])];
    return { names: new Set(parts.flatMap(({ uses }) => [...uses.names])), fields: new Set(parts.flatMap(({ uses }) => [...uses.fields])) };
  };

  const compare = (danger: Danger, own: readonly Verdict[], harmless: readonly Verdict[]): Refusal =>
    anyOf(
      validations.map((validation, index): Refusal => {
        if (own[index] === "admits") return false;
        if (own[index] === "untold" || harmless[index] === "untold") return NOT_EVALUATED;
        const uses = usesOf(validation);
        // Of what it asks nothing of it refuses every one.
        if (!uses.names.has("object") && !uses.fields.has("request.name")) return true;
        if (harmless[index] === "refuses") return isMeant(uses, danger) ? ENTANGLED : false;
        return isFixed(uses, danger) || CHOSEN;
      }),
    );

  return {
    dependsOnPlace: usesNamespace || parts.some(({ fields }) => [...fields].some((field) => lastOf(field) === "namespace")),
    refusesDanger: (danger, situation) =>
      allOf(
        requesters.values().flatMap((requester) => {
          const harmless = judge(danger.harmless ?? HARMLESS_POD, requester, situation);
          return danger.pods.values().map((spec) => compare(danger, judge(spec, requester, situation), harmless));
        }),
      ),
  };
}
