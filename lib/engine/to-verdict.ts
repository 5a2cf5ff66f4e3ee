import type { AnyControl } from "../controls/define";
import { type Evidence, restOfEvidence, type State, type Verdict } from "../model/verdict";
import { rememberedOf } from "../model/remembered";
import { type Severity, worstSeverity } from "../model/severity";
import type { JoinedOutcome, SourcedWeakness } from "./join-views";
import { renderValue } from "./render-value";
import { sharesLists } from "./shares-lists";
import type { Subject } from "./subjects";
import type { Subsumed } from "./subsumption";

/** More than this many entries of one finding help nobody; the count of the rest is said in one last entry. */
const EVIDENCE_LIMIT = 50;

/** A name in an object of any size goes into a sentence as it is written. */
const SENTENCE_LIMIT = 2_000;

function cut(sentence: string): string {
  return sentence.length > SENTENCE_LIMIT ? `${sentence.slice(0, SENTENCE_LIMIT - 1)}…` : sentence;
}

function toEvidence(weakness: SourcedWeakness): Evidence {
  return {
    path: weakness.path,
    value: renderValue(weakness.value),
    message: cut(weakness.message),
    ...(weakness.container !== undefined && { container: weakness.container }),
    ...(weakness.check !== undefined && { check: weakness.check }),
    ...(weakness.source === "runtime" && { source: "runtime" as const }),
    ...(weakness.severity !== undefined && { severity: weakness.severity }),
    ...(weakness.object !== undefined && { object: weakness.object }),
  };
}

const NO_EVIDENCE: readonly Evidence[] = [];

const sharedEvidence = rememberedOf(makeEvidence);

function toEvidenceList(weaknesses: readonly SourcedWeakness[], control: AnyControl): readonly Evidence[] {
  if (weaknesses.length === 0) return NO_EVIDENCE;
  return sharesLists(control) ? sharedEvidence(weaknesses) : makeEvidence(weaknesses);
}

/** What others conclude from: which check is violated, by which field of what, and objects of which kinds are at fault. */
function sortOf({ check, path, object }: SourcedWeakness): string {
  const field = check === undefined ? "" : (/\.(\w+)(?:\[\d+\])?$/.exec(path)?.[1] ?? "");
  return `${check ?? ""} ${field} ${object?.kind ?? ""}`;
}

/** Evidence of every sort is kept: an entry that was cut shows nothing that one of the others does not. */
function makeEvidence(weaknesses: readonly SourcedWeakness[]): readonly Evidence[] {
  const sorts = new Set<string>();
  const shown = weaknesses
    .filter((weakness, index) => {
      const isNew = sorts.size < sorts.add(sortOf(weakness)).size;
      return index < EVIDENCE_LIMIT || isNew;
    })
    .map(toEvidence);
  const rest = weaknesses.length - shown.length;
  if (rest > 0) shown.push(restOfEvidence(rest));
  return shown;
}

/** Written out, because nearly a million are made of a large cluster, and most of them are counted and dropped. */
function told({ id, layer, severity }: AnyControl, { ref, scope, locator }: Subject, state: State, evidence: readonly Evidence[], reason?: string): Verdict {
  if (reason === undefined) return { control: id, layer, severity, resource: ref, scope, locator, state, evidence };
  return { control: id, layer, severity, resource: ref, scope, locator, state, reason: cut(reason), evidence };
}

const severities = new WeakMap<readonly SourcedWeakness[], Severity>();

function worstOf(weaknesses: readonly SourcedWeakness[], control: AnyControl): Severity {
  return worstSeverity(weaknesses.map((w) => w.severity ?? control.severity)) ?? control.severity;
}

/** A list is of one control. */
function severityOf(weaknesses: readonly SourcedWeakness[], control: AnyControl): Severity {
  if (!sharesLists(control)) return worstOf(weaknesses, control);
  let severity = severities.get(weaknesses);
  if (!severity) severities.set(weaknesses, (severity = worstOf(weaknesses, control)));
  return severity;
}

/** Files what a control said under its subject. */
export function toVerdict(control: AnyControl, subject: Subject, outcome: JoinedOutcome, subsumed?: Subsumed): Verdict {
  if (outcome.state !== "fail") {
    const verdict = told(control, subject, outcome.state, toEvidenceList(outcome.notes, control), outcome.state === "pass" ? undefined : outcome.reason);
    if (outcome.state === "subsumed") return { ...verdict, coveredBy: outcome.coveredBy };
    return outcome.state === "not-applicable" && outcome.isSafe ? { ...verdict, isSafe: true } : verdict;
  }
  if (subsumed?.by && subsumed.weaknesses.length === 0) {
    return told(control, subject, "subsumed", toEvidenceList(outcome.weaknesses, control), `${subsumed.by} already fails on the same evidence.`);
  }
  const weaknesses = subsumed?.weaknesses ?? outcome.weaknesses;
  const verdict: Verdict = { ...told(control, subject, "fail", toEvidenceList(weaknesses, control)), severity: severityOf(weaknesses, control) };
  return control.standsOnEvidence && weaknesses.length > EVIDENCE_LIMIT ? { ...verdict, parts: weaknesses.map(toEvidence) } : verdict;
}
