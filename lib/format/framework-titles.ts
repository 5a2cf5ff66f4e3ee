import type { ClauseCounts, ClauseState } from "../model/clause-state";
import { formatCount, formatNoun } from "./numbers";
import { plural } from "./plural";
import { mainReason, mainReasonOf } from "./reason-words";

/** "Pass" is not among them: a clause asks for more than our controls judge. */
export const CLAUSE_STATE_WORDS: Readonly<Record<ClauseState, string>> = {
  fail: "Fails",
  "not-assessed": "Not assessed",
  "needs-review": "Needs review",
  pass: "Nothing fails",
  "not-applicable": "Not applicable",
  "no-control": "No control",
};

type ClauseTally = Readonly<Partial<Record<ClauseState, number>>>;

const allOf = (clauses: ClauseTally): number => Object.values(clauses).reduce((sum, count) => sum + count, 0);

const openOf = (clauses: ClauseTally): number => (clauses["not-assessed"] ?? 0) + (clauses["needs-review"] ?? 0);

/** "5 of 12 clauses fail, 1 not assessed"; never "none fails" of what nobody judged. */
export function clausesSentence(clauses: ClauseTally): string {
  const failing = clauses.fail ?? 0;
  const open = openOf(clauses);
  const all = allOf(clauses);
  const noun = formatNoun(all, "clause");
  if (failing > 0) return `${formatCount(failing)} of ${noun} ${plural(failing, "fails", "fail")}${open > 0 ? `, ${formatCount(open)} not assessed` : ""}`;
  if (open > 0) return open === all ? `${noun}, not assessed` : `none of ${noun} fails, ${formatCount(open)} not assessed`;
  if ((clauses.pass ?? 0) > 0) return `none of ${noun} fails`;
  return (clauses["not-applicable"] ?? 0) > 0 ? `${noun}, not applicable` : `${noun} without a control`;
}

/** The same of a matrix, of which a technique that fails would be one that does not work: "31 of 52 techniques have a failing control, 6 not assessed" */
export function techniquesSentence(clauses: ClauseTally): string {
  const failing = clauses.fail ?? 0;
  const open = openOf(clauses);
  const noun = formatNoun(allOf(clauses), "technique");
  if (failing === 0 && (clauses.pass ?? 0) === 0) return open > 0 ? `${noun}, not assessed` : `${noun}, not applicable or without a control`;
  const subject = failing === 0 ? `none of ${noun} has` : `${formatCount(failing)} of ${noun} ${plural(failing, "has", "have")}`;
  return `${subject} a failing control${open > 0 ? `, ${formatCount(open)} not assessed` : ""}`;
}

/** "CIS Kubernetes 1.12: 34 of 130 clauses fail, 48 not assessed" */
export function frameworkTitle(name: string, clauses: ClauseTally, isMatrix: boolean): string {
  return `${name}: ${isMatrix ? techniquesSentence(clauses) : clausesSentence(clauses)}`;
}

/** "All 7 frameworks have clauses that fail, 5 have clauses not assessed": of those that are meant for the cluster. One control fails clauses of several, so clauses are not added up. */
export function frameworksTitle(frameworks: readonly ClauseTally[]): string {
  if (frameworks.length === 0) return "No framework is known to be meant for this cluster";
  const failing = frameworks.filter(({ fail = 0 }) => fail > 0).length;
  const open = frameworks.filter((clauses) => openOf(clauses) > 0).length;
  const noun = formatNoun(frameworks.length, "framework");
  const rest = open === 0 ? "" : `, ${formatCount(open)} ${plural(open, "has", "have")} clauses not assessed`;
  if (failing === 0) return `No clause ${open > 0 ? "is known to fail" : "fails"} in ${noun}${rest}`;
  return `${failing === frameworks.length ? "All" : `${formatCount(failing)} of`} ${noun} ${plural(failing, "has", "have")} clauses that fail${rest}`;
}

function restOf({ unknown, manual, stale, unasked }: ClauseCounts): string {
  const parts = [
    unasked > 0 ? `${formatNoun(unasked, "control")} ${plural(unasked, "was", "were")} not asked` : "",
    unknown > 0 ? `${formatCount(unknown)} could not be assessed` : "",
    manual > 0 ? `${formatCount(manual)} ${plural(manual, "needs", "need")} a review` : "",
    stale > 0 ? `${formatCount(stale)} ${plural(stale, "is", "are")} of an earlier scan` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `; ${parts.join(", ")}`;
}

/** What the verdicts of one control, or of all controls of a clause, say: "3 of 63 fail; 2 could not be assessed" */
export function verdictSentence(state: ClauseState, counts: ClauseCounts): string {
  const { judged, failing, subsumed, waived, unknown, manual, unasked } = counts;
  switch (state) {
    case "fail": {
      const covered = subsumed === 0 ? "" : `${formatCount(subsumed)} ${plural(subsumed, "fails", "fail")} under a more specific control`;
      const own = failing === 0 ? "" : `${formatCount(failing)} of ${formatCount(judged)} ${plural(failing, "fails", "fail")}`;
      return `${[own, covered].filter((part) => part !== "").join(", ")}${restOf(counts)}`;
    }
    case "pass":
      return `No failing subject among ${formatCount(judged)} judged${waived === 0 ? "" : `, ${formatCount(waived)} under an exception`}${restOf(counts)}`;
    case "not-assessed":
      if (judged > counts.stale) return `No failing subject among ${formatCount(judged)} judged${restOf(counts)}`;
      return unknown > 0 ? `${formatCount(unknown)} could not be assessed` : unasked > 0 ? "Not asked in this snapshot" : "Last judged in an earlier scan";
    case "needs-review":
      if (judged > 0) return `No failing subject among ${formatCount(judged)} judged${restOf(counts)}`;
      return `${formatCount(manual)} ${plural(manual, "needs", "need")} a review by a person`;
    case "not-applicable":
      return "Applies to nothing here";
    case "no-control":
      return "No control covers it";
  }
}

/** The same of one control, which may be switched off here, or wait for a source that nobody switched on. */
export function controlVerdictSentence({
  state,
  isSwitchedOff,
  disabled,
  counts,
  unassessed,
}: {
  readonly state: ClauseState;
  readonly isSwitchedOff: boolean;
  readonly disabled: string | null;
  readonly counts: ClauseCounts;
  readonly unassessed: Unassessed;
}): string {
  if (disabled !== null) return `Switched off here: ${disabled}`;
  return withReason(isSwitchedOff ? "Its source is off" : verdictSentence(state, counts), mainReason(unassessed));
}

type Unassessed = Parameters<typeof mainReason>[0];

/** "6 could not be assessed: The node does not report its handlers." */
function withReason(sentence: string, reason: string): string {
  return reason === "" ? sentence : `${sentence}: ${reason}`;
}

/** What decided a clause, or why nothing did. */
export function clauseSentence(clause: {
  readonly state: ClauseState;
  readonly counts: ClauseCounts;
  readonly gap: string | null;
  readonly rest: string | null;
  readonly controls: readonly { readonly unassessed: Unassessed }[];
}): string {
  const { state, counts, gap, rest, controls } = clause;
  if (controls.length === 0 && state !== "not-applicable") return gap ?? verdictSentence(state, counts);
  if (state !== "not-assessed" && state !== "needs-review") return verdictSentence(state, counts);
  const isWaiting = state === "needs-review";
  const said = isWaiting ? verdictSentence(state, counts) : withReason(openSentence(counts), mainReasonOf(controls.map(({ unassessed }) => unassessed)));
  return rest === null ? said : `${said.replace(/\.$/, "")}; ${rest}`;
}

/** Of a clause that is not assessed what its controls found: where each was asked of each subject, only a part that none of them sees is open. */
function openSentence(counts: ClauseCounts): string {
  const { judged, stale, unknown, unasked } = counts;
  if (stale + unknown + unasked > 0) return verdictSentence("not-assessed", counts);
  return judged > 0 ? "Nothing fails in what the cluster shows" : verdictSentence("not-applicable", counts);
}

/** Under the name of a column of a matrix: "2 fail, 1 not assessed" */
export function columnSentence(clauses: ClauseTally): string {
  const failing = clauses.fail ?? 0;
  const open = openOf(clauses);
  const parts = [failing > 0 ? `${formatCount(failing)} ${plural(failing, "fails", "fail")}` : "", open > 0 ? `${formatCount(open)} not assessed` : ""].filter(
    (part) => part !== "",
  );
  if (parts.length > 0) return parts.join(", ");
  return (clauses.pass ?? 0) > 0 ? "none fails" : "none judged";
}

/** The figure of a cell of a matrix: "3 of 63", failing of judged; a word where nothing was judged. */
export function cellSentence(state: ClauseState, { failing, subsumed, judged, unknown, manual }: ClauseCounts): string {
  switch (state) {
    case "fail":
      return failing > 0 ? `${formatCount(failing)} of ${formatCount(judged)}` : `${formatCount(subsumed)} covered`;
    case "pass":
      return `0 of ${formatCount(judged)}`;
    case "not-assessed":
      return unknown > 0 ? `${formatCount(unknown)} not assessed` : "not assessed";
    case "needs-review":
      return `${formatCount(manual)} to review`;
    case "not-applicable":
      return "not applicable";
    case "no-control":
      return "no control";
  }
}
