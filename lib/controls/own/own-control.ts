import { messageOf } from "../../model/message-of";
import type { KubeObject } from "../../inventory/kube-object";
import { whyNotRead } from "../../inventory/nodes/kubelet-configs";
import type { SliceName } from "../../inventory/slices";
import { type Context, defineView } from "../../inventory/view";
import type { PodView, Workload } from "../../inventory/workloads/workload";
import { dig } from "../../model/json";
import type { OwnControl } from "../../model/own-control";
import { judgeContainers } from "../../pod-security/judge-check";
import { type AnyControl, notApplicable, type Outcome, unknown, type Weakness, weakness } from "../define";
import type { SubjectTypes } from "../subject";
import { type CelBudget, type CelShare, createCelBudget } from "../../cel/cel-budget";
import { type CelData, toCelData } from "../../cel/cel-input";
import { type CelProgram, compileCel } from "../../cel/compile-cel";
import { explainFailure } from "./explain-failure";
import { findUnkeptParts, findUnkeptRead } from "./find-unkept-read";
import type { Scope } from "./named-fields";
import { findOwnSubject, type OwnSubject } from "./own-subject";

type Ask = (scope: Scope, extra?: Pick<Weakness, "container">) => readonly Weakness[] | { readonly reason: string };

/** Why a control as it is written cannot judge anything, in one sentence; null when it can. */
export function findOwnControlProblem(spec: Pick<OwnControl, "subject" | "expression">): string | null {
  const subject = findOwnSubject(spec.subject);
  if (!subject) return `There is no subject called ${spec.subject}: it is workload, pod, container, or a kind that Concentric reads, such as Namespace.`;
  const compiled = compileCel(spec.expression, subject.variables);
  return "problem" in compiled ? compiled.problem : null;
}

const NO_NAMESPACE = "namespaceObject is null, since the object's namespace was not read, or it is in none";

/** Every object has metadata but the one that is not there. */
function isOfMissingNamespace(reason: string, { namespaceObject }: Scope): boolean {
  return namespaceObject?.value === null && reason === "field not found: metadata";
}

function createAsk(spec: OwnControl, program: CelProgram, budget: CelBudget): Ask {
  return (scope, extra = {}) => {
    if (!budget.begin()) return { reason: budget.problem() ?? "it had used up its time" };
    try {
      const bindings: Record<string, CelData> = {};
      for (const name of program.names) bindings[name] = toCelData(scope[name]?.value);
      const answer = program.evaluate(bindings, budget);
      if ("reason" in answer) return isOfMissingNamespace(answer.reason, scope) ? { reason: NO_NAMESPACE } : answer;
      if (answer.value === true) return [];
      if (answer.value !== false) return { reason: "it does not say true or false" };
      const fields = explainFailure(program, scope, bindings, budget);
      if (fields.length === 0) return [weakness("", undefined, spec.message, extra)];
      return fields.map(({ path, value, object }) => weakness(path, value, spec.message, { ...extra, ...(object && { object }) }));
    } catch (error) {
      return { reason: messageOf(error) };
    } finally {
      budget.end();
    }
  };
}

const namespacesByName = defineView({
  reads: ["namespaces"],
  compute: ({ slices }): ReadonlyMap<string, KubeObject> => new Map(slices.namespaces.map((namespace) => [namespace.ref.name, namespace])),
});

function namespaceScope(context: Context<SliceName>, name: string | null): Scope {
  const found = context.view(namespacesByName).get(name ?? "");
  return { namespaceObject: { value: found?.body ?? null, path: "", ...(found && { object: found.ref }) } };
}

/** A pod template as the pod that it makes: what is written for admission policies can be written here. */
function toPod({ ref }: Workload, view: PodView): Scope[string] {
  const { name, namespace } = ref;
  const metadata = { name, namespace, labels: view.labels, annotations: view.annotations };
  return { value: { apiVersion: "v1", kind: "Pod", metadata, spec: view.spec }, path: view.path.replace(/\.?spec$/, "") };
}

function containerType({ list, isSidecar }: PodView["containers"][number]): string {
  return list === "containers" ? "container" : list === "ephemeralContainers" ? "ephemeral" : isSidecar ? "sidecar" : "init";
}

function checkWorkload(subject: OwnSubject, ask: Ask, { workload, pod, containers }: SubjectTypes["workload"], around: Scope) {
  const asPod = toPod(workload, pod);
  if (subject.per === "pod") return [ask({ ...around, object: asPod })];
  if (subject.per !== "container") return [ask({ ...around, object: { value: workload.object(), path: "" }, pod: asPod })];
  return containers.map((container) =>
    ask(
      {
        ...around,
        object: asPod,
        container: { value: container.spec, path: container.at("") },
        containerType: { value: containerType(container), path: "" },
      },
      { container: container.name },
    ),
  );
}

/** Fails where anything fails; where nothing does, one answer that is missing makes the whole unknown. */
function join(answers: readonly ReturnType<Ask>[]): Outcome {
  const weaknesses = answers.flatMap((answer) => ("reason" in answer ? [] : answer));
  if (weaknesses.length > 0) return weaknesses;
  const failed = answers.find((answer) => "reason" in answer);
  return failed && "reason" in failed ? unknown(`The expression cannot be evaluated: ${failed.reason}.`) : [];
}

function createCheck(spec: OwnControl, subject: OwnSubject, program: CelProgram, budget: CelBudget): (value: unknown, context: Context<SliceName>) => Outcome {
  const ask = createAsk(spec, program, budget);
  const usesNamespace = program.names.has("namespaceObject");
  const unkept = subject.per === "workload" ? findUnkeptRead(program.root) : null;
  const parts = findUnkeptParts(program.root, subject.kind);
  return (value, context) => {
    if (subject.kind !== "workload") {
      const object = value as KubeObject; // safe: the engine gives subjects of the kind that is declared
      const unread = whyNotRead(object);
      if (unread !== null) return unknown(unread);
      const part = parts.find(({ fields, kept }) => dig(object.body, ...fields) === undefined || (context.isComplete && kept !== undefined));
      if (part) return unknown(`${part.way} was not kept of this ${object.ref.kind}.`);
      return join([ask({ object: { value: object.body, path: "" }, ...(usesNamespace && namespaceScope(context, object.ref.namespace)) })]);
    }
    const given = value as SubjectTypes["workload"]; // safe: as above
    const { ref } = given.workload;
    if (subject.onlyKind !== null && subject.onlyKind !== ref.kind) return notApplicable(`The control is about kind ${subject.onlyKind}.`);
    if (unkept !== null && given.workload.isSynthetic)
      return unknown(`The ${ref.kind} itself is not read, only its pods are, and ${unkept} is not what a pod tells.`);
    if (parts[0]) return unknown(`${parts[0].way} is not kept of workloads and their pods.`);
    const outcome = join(checkWorkload(subject, ask, given, usesNamespace ? namespaceScope(context, ref.namespace) : {}));
    // It was asked about none of the containers that cannot be read.
    return subject.per === "container" && !("state" in outcome) && outcome.length === 0 ? judgeContainers(given.pod) : outcome;
  };
}

/** What to do, of a text that says more: plain, without what comes after the first stop. */
function firstSentence(fix: string): string {
  const end = /[.;](?=\s|$)/.exec(fix)?.index ?? fix.length;
  return fix.slice(0, end).replaceAll("`", "");
}

function verifyCommand({ kind, onlyKind }: OwnSubject): string {
  if (kind === "workload") return `kubectl get ${onlyKind ?? "deployments,statefulsets,daemonsets,cronjobs,jobs"} --all-namespaces -o yaml`;
  return `kubectl get ${kind.slice("kind:".length).toLowerCase()} --all-namespaces -o yaml`;
}

/**
 * A control from what somebody wrote: judged, scored and linked like a built-in one. One that cannot be read judges nothing: it is
 * unknown once, on the cluster, with the reason. `now` is a clock in milliseconds, for the last of its bounds; `share` = all that it may use, left
 * out = that of a scan.
 */
export function toOwnControl(spec: OwnControl, now: () => number, share?: CelShare): AnyControl {
  const subject = findOwnSubject(spec.subject);
  const compiled = subject ? compileCel(spec.expression, subject.variables) : { problem: findOwnControlProblem(spec) ?? "" };
  const check =
    subject && "program" in compiled
      ? createCheck(spec, subject, compiled.program, createCelBudget(now, share))
      : (): Outcome => unknown("problem" in compiled ? compiled.problem : "");
  return {
    id: spec.id,
    layer: spec.layer,
    severity: spec.severity,
    title: spec.title,
    failure: `does not meet “${spec.title}”`,
    why: spec.why ?? "The people who run this cluster ask for it.",
    action: firstSentence(spec.fix),
    fix: spec.fix,
    verify: subject ? verifyCommand(subject) : "",
    tips: [],
    frameworks: {},
    references: [],
    subject: subject && "program" in compiled ? subject.kind : "cluster",
    reads: "program" in compiled && compiled.program.names.has("namespaceObject") ? ["namespaces"] : [],
    check: check as AnyControl["check"],
    remedy: null,
  };
}
