import type { AnyControl } from "../controls/define";
import { type Evidence, restOfEvidence, type State, type Verdict } from "../model/verdict";
import { type Severity, worstSeverity } from "../model/severity";
import type { JoinedOutcome, SourcedWeakness } from "./join-views";
import { renderValue } from "./render-value";
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

/** What was made of a list, for subjects that share it: the members of one binding are judged once. */
const known = new WeakMap<readonly SourcedWeakness[], readonly Evidence[]>();

function toEvidenceList(weaknesses: readonly SourcedWeakness[]): readonly Evidence[] {
  if (weaknesses.length === 0) return NO_EVIDENCE;
  let evidence = known.get(weaknesses);
  if (!evidence) known.set(weaknesses, (evidence = makeEvidence(weaknesses)));
  return evidence;
}

function makeEvidence(weaknesses: readonly SourcedWeakness[]): readonly Evidence[] {
  const shown = weaknesses.slice(0, EVIDENCE_LIMIT).map(toEvidence);
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

/** A list is of one control. */
function severityOf(weaknesses: readonly SourcedWeakness[], control: AnyControl): Severity {
  let severity = severities.get(weaknesses);
  if (!severity) severities.set(weaknesses, (severity = worstSeverity(weaknesses.map((w) => w.severity ?? control.severity)) ?? control.severity));
  return severity;
}

/** Files what a control said under its subject. */
export function toVerdict(control: AnyControl, subject: Subject, outcome: JoinedOutcome, subsumed?: Subsumed): Verdict {
  if (outcome.state !== "fail") {
    const verdict = told(control, subject, outcome.state, toEvidenceList(outcome.notes), outcome.state === "pass" ? undefined : outcome.reason);
    if (outcome.state === "subsumed") return { ...verdict, coveredBy: outcome.coveredBy };
    return outcome.state === "not-applicable" && outcome.isSafe ? { ...verdict, isSafe: true } : verdict;
  }
  if (subsumed?.by && subsumed.weaknesses.length === 0) {
    return told(control, subject, "subsumed", toEvidenceList(outcome.weaknesses), `${subsumed.by} already fails on the same evidence.`);
  }
  const weaknesses = subsumed?.weaknesses ?? outcome.weaknesses;
  return { ...told(control, subject, "fail", toEvidenceList(weaknesses)), severity: severityOf(weaknesses, control) };
}
