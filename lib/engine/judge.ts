import { messageOf } from "../model/message-of";
import type { AnyControl, Outcome } from "../controls/define";
import type { SubjectKind, SubjectTypes } from "../controls/subject";
import { createContext, findMissingSlice } from "../inventory/context";
import type { Inventory } from "../inventory/inventory";
import type { KubeObject } from "../inventory/kube-object";
import { findOddField } from "../inventory/odd-field";
import type { SliceName } from "../inventory/slices";
import type { Context } from "../inventory/view";
import type { PodView, Workload } from "../inventory/workloads/workload";
import { workloadFactsView } from "../inventory/workloads/workload-fact";
import { isRecord } from "../model/json";
import type { ResourceRef } from "../model/resource-ref";
import { SCOPES, type Scope, type Verdict } from "../model/verdict";
import { findOddPart } from "./find-odd-part";
import { hardReads } from "./hard-reads";
import { type JoinedOutcome, joinViews, toJoined } from "./join-views";
import { CLUSTER_REF, findMissingSubjects, listSubjects, type Subject } from "./subjects";
import { applySubsumption, type Answer } from "./subsumption";
import { toVerdict } from "./to-verdict";

/** Safe casts: the engine hands a control the subject kind that it declares, and a context whose declared slices are present. */
function call(control: AnyControl, subject: unknown, context: Context<SliceName>): Outcome {
  try {
    return control.check(subject as never, context as never);
  } catch (error) {
    const message = messageOf(error);
    return { state: "unknown", reason: `The control ${control.id} could not judge this object: ${message}` };
  }
}

const ON_WINDOWS = "The rule is about Linux; this pod runs on Windows.";
const UNSAID = "Its spec does not say so: until os.name is windows, Pod Security admission judges it as a pod of Linux.";

type PodSubject = SubjectTypes["workload"];

const FINISHED: JoinedOutcome = { state: "not-applicable", reason: "The Job has finished and will not run again.", notes: [] };

function isPass(outcome: Outcome): boolean {
  return "state" in outcome ? outcome.state === "pass" : outcome.length === 0;
}

/** With a part that cannot be read, nothing passes: what should stand there is not known. */
function judgePod(control: AnyControl, subject: PodSubject, context: Context<SliceName>, oddPart: string | null): Outcome {
  const { pod } = subject;
  if (control.os === "linux" && pod.os === "windows")
    return { state: "not-applicable", reason: pod.isWindowsForAdmission ? ON_WINDOWS : `${ON_WINDOWS} ${UNSAID}` };
  const outcome = call(control, subject, context);
  if (oddPart === null || !isPass(outcome)) return outcome;
  return { state: "unknown", reason: `The API server refuses this pod: ${oddPart}.` };
}

type Ask = (control: AnyControl) => JoinedOutcome;

function askWorkload(workload: Workload, context: Context<SliceName>): Ask {
  if (workload.isFinished) return () => FINISHED;
  let views: readonly PodView[];
  try {
    views = workload.views();
  } catch {
    views = [];
  }
  const subjects = views.map((pod): PodSubject => ({ workload, pod, containers: pod.containers }));
  const oddParts = views.map(findOddPart);
  const [only] = subjects;
  // Nearly every root has no view but its template: nothing to join.
  if (only && subjects.length === 1 && only.pod.source === "template") return (control) => toJoined(judgePod(control, only, context, oddParts[0] ?? null));
  return (control) => joinViews(subjects.map((subject, at) => ({ pod: subject.pod, outcome: judgePod(control, subject, context, oddParts[at] ?? null) })));
}

function isObject(value: unknown): value is Pick<KubeObject, "ref" | "body"> {
  return isRecord(value) && isRecord(value.ref) && isRecord(value.body);
}

function askSubject(subject: Subject, kind: SubjectKind, context: Context<SliceName>): Ask {
  if (kind === "workload") return askWorkload(subject.value as Workload, context); // safe: listSubjects gives workloads for this kind
  const odd = isObject(subject.value) ? findOddField(subject.value) : null;
  return (control) => {
    const outcome = call(control, subject.value, context);
    return toJoined(odd !== null && isPass(outcome) ? { state: "unknown", reason: `The API server refuses this object: ${odd}.` } : outcome);
  };
}

/** In a partial set of manifests, what is concluded from absence cannot be told. */
function partial(control: AnyControl, outcome: JoinedOutcome, isComplete: boolean): JoinedOutcome {
  if (isComplete || !control.wholeCluster) return outcome;
  const told = outcome.state === "fail" || outcome.state === "pass";
  if (!told || (control.wholeCluster !== "always" && control.wholeCluster !== outcome.state)) return outcome;
  return { state: "unknown", reason: "Needs the whole cluster: these manifests do not show what else exists.", notes: [] };
}

/** Without a soft slice a failure stands, but a pass was not checked in full. */
function softened(control: AnyControl, outcome: JoinedOutcome, inventory: Inventory): JoinedOutcome {
  if (outcome.state !== "pass" || !control.softReads) return outcome;
  const gap = findMissingSlice(inventory, control.softReads);
  return gap ? { state: "unknown", reason: gap.reason, notes: outcome.notes } : outcome;
}

function unreadable(control: AnyControl, reason: string, scope: Scope): Verdict {
  const subject: Subject = { ref: CLUSTER_REF, scope, locator: "", value: null };
  return toVerdict(control, subject, { state: "unknown", reason, notes: [] });
}

/** Why controls cannot be asked at all, by their ids: a slice that they read is missing. */
function findGaps(controls: readonly AnyControl[], inventory: Inventory): ReadonlyMap<string, string> {
  return new Map(
    controls.flatMap((control) => {
      const gap = findMissingSlice(inventory, hardReads(control));
      return gap ? [[control.id, gap.reason] as const] : [];
    }),
  );
}

/** What those say that can be asked, and then why the others cannot. */
function judgeSubject(
  subject: Subject,
  controls: readonly AnyControl[],
  gaps: ReadonlyMap<string, string>,
  ask: Ask,
  inventory: Inventory,
): readonly Verdict[] {
  const answers = (gaps.size === 0 ? controls : controls.filter(({ id }) => !gaps.has(id))).map(
    (control): Answer => ({ control, outcome: partial(control, softened(control, ask(control), inventory), inventory.isComplete) }),
  );
  const subsumed = applySubsumption(answers);
  const verdicts = answers.map(({ control, outcome }) => toVerdict(control, subject, outcome, subsumed.get(control.id)));
  for (const control of gaps.size === 0 ? [] : controls) {
    const reason = gaps.get(control.id);
    if (reason !== undefined) verdicts.push(toVerdict(control, subject, { state: "unknown", reason, notes: [] }));
  }
  return verdicts;
}

function isPartial({ slices: { workloads } }: Inventory): boolean {
  return workloads.state === "missing" && workloads.partial !== undefined;
}

/**
 * Judges an inventory: every control on every subject of its kind, one subject at a time, in a stable order.
 * A missing slice, or a control that throws, is `unknown` for that control; the rest goes on.
 * When the subjects of a control cannot be listed, or not all of them, one unknown verdict stands on the cluster.
 * With `choose`, each subject is judged by those controls alone that it picks for it, among all that the inventory holds.
 */
export function* judge(
  inventory: Inventory,
  controls: readonly AnyControl[],
  choose?: (subject: ResourceRef, controls: readonly AnyControl[]) => readonly AnyControl[],
  context: Context<SliceName> = createContext(inventory),
): Generator<Verdict> {
  // Made before the first subject, so that no control pays for what all of them share.
  if (!findMissingSlice(inventory, workloadFactsView.reads)) context.view(workloadFactsView);
  const byKind = Map.groupBy(
    controls.filter((control) => inventory.settings.disabledControls[control.id] === undefined),
    (control) => control.subject,
  );
  for (const [kind, ofKind] of byKind) {
    const missingSubjects = findMissingSubjects(kind, inventory);
    if (missingSubjects !== null) {
      // Of a kind that cannot be read, some may belong to the platform: neither part may look as if all of it were known.
      const scopes = kind === "workload" && isPartial(inventory) ? SCOPES : (["workload"] as const);
      for (const scope of scopes) for (const control of ofKind) yield unreadable(control, missingSubjects, scope);
    }
    const gaps = findGaps(ofKind, inventory);
    for (const subject of listSubjects(kind, inventory, context)) {
      const asked = choose ? choose(subject.ref, ofKind) : ofKind;
      if (asked.length > 0) yield* judgeSubject(subject, asked, gaps, askSubject(subject, kind, context), inventory);
    }
  }
}
