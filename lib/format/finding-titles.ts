import type { ResourceRef } from "../model/resource-ref";
import { formatCount, formatNoun } from "./numbers";
import { subjectName } from "./paths";
import { plural } from "./plural";
import { capitalise, countWord } from "./words";

/** How a finding stands at the moment of its page. */
export type FindingStanding = "open" | "manual" | "waived" | "unknown" | "fixed" | "not-failing" | "covered" | "gone" | "not-assessed" | "not-yet";

const TIMES = ["never", "once", "twice"] as const;

function times(count: number): string {
  return TIMES[count] ?? `${countWord(count)} times`;
}

/** What the state of a finding is called at the moment of the page. */
export const FINDING_STATE_WORDS: Readonly<Record<FindingStanding, string>> = {
  open: "Open",
  manual: "Needs review",
  waived: "Under exception",
  unknown: "Not assessed",
  fixed: "Fixed",
  "not-failing": "Does not fail",
  covered: "Covered by another finding",
  gone: "Object gone",
  "not-assessed": "Not assessed since",
  "not-yet": "Not yet seen",
};

interface TitledFinding {
  /** States the failure. */
  readonly title: string;
  readonly state: FindingStanding;
  readonly shouldHold: string;
  readonly resource: Pick<ResourceRef, "apiVersion" | "kind" | "name">;
}

/** The title states the failure; what does not fail, or is not known to, says that first. */
export function findingTitle({ title, state, shouldHold, resource }: TitledFinding): string {
  switch (state) {
    case "fixed":
      return `Fixed: ${title}`;
    case "not-failing":
      return `Does not fail: ${title}`;
    case "covered":
      return `Covered by another finding: ${title}`;
    case "gone":
      return `Gone: ${title}`;
    case "not-yet":
      return `Not yet seen at this moment: ${title}`;
    case "unknown":
      return `Not assessed for ${subjectName(resource)}: ${shouldHold}`;
    case "manual":
      return `Needs review for ${subjectName(resource)}: ${shouldHold}`;
    default:
      return title;
  }
}

/** "History: opened twice, fixed once"; what ended without a fix, with its object or by other rules, is not one that nobody fixed yet. `endedBy` = why it last ended: an object may go long after a fix. */
export function historyTitle(opened: number, fixed: number, state: FindingStanding, endedBy: string | null): string {
  if (opened === 0) return "History: no failure seen";
  const end = state === "gone" && endedBy === "resource-gone" ? ", gone with its object" : "";
  const isOver = state === "gone" || state === "not-failing";
  const mended = fixed > 0 ? `, fixed ${times(fixed)}` : isOver ? "" : ", never fixed";
  return `History: opened ${times(opened)}${mended}${end}`;
}

/** "Evidence: 2 fields in one object"; of `all` that was seen, `cut` was only counted: where that is nobody recorded. */
export function evidenceTitle(marks: number, all: number, cut: number): string {
  if (all === 0) return "Evidence: nothing was recorded";
  if (marks === 0) return `Evidence: ${formatNoun(all, "observation")}`;
  const elsewhere = all - cut - marks;
  const more = [...(elsewhere > 0 ? [`${formatCount(elsewhere)} more elsewhere`] : []), ...(cut > 0 ? [`${formatCount(cut)} more not listed`] : [])];
  return [`Evidence: ${formatNoun(marks, "field")} in one object`, ...more].join(", ");
}

/** What trying the patch on a snapshot showed. */
export interface PatchProof {
  readonly turnsGreen: boolean | null;
  readonly breaks: readonly string[];
  readonly uncovers: readonly string[];
  readonly unmasks: readonly string[];
  readonly elsewhere: readonly { readonly title: string; readonly resource: ResourceRef; readonly message: string }[];
}

const TRIED_WORDS = { all: "Tried", rights: "Tried on the RBAC of the cluster alone,", object: "Tried on this object alone," } as const;

interface Tried {
  readonly triedOn: keyof typeof TRIED_WORDS | null;
  /** Why it was not tried, or what was not judged again; null = everything was. */
  readonly untold: string | null;
}

/** The same in one sentence. */
export function proofSentence(proof: PatchProof | null, { triedOn, untold }: Tried, seq: number): string {
  if (proof === null) return [`Not tried on snapshot ${seq}.`, untold ?? ""].join(" ").trim();
  const { turnsGreen, breaks, uncovers, unmasks } = proof;
  const own = turnsGreen === null ? "this control could not be assessed then" : turnsGreen ? "this control passes" : "this control still fails";
  const rest =
    breaks.length === 0
      ? `no other control${triedOn === "object" ? " of it" : ""}${uncovers.length === 0 ? "" : " that passes now"} starts to fail`
      : `${formatNoun(breaks.length, "other control starts", "other controls start")} to fail: ${breaks.join("; ")}`;
  const more =
    uncovers.length === 0
      ? ""
      : ` ${formatNoun(uncovers.length, "control that did not apply", "controls that did not apply")} will then fail: ${uncovers.join("; ")}.`;
  const apart =
    unmasks.length === 0
      ? ""
      : ` ${formatNoun(unmasks.length, "control that counted", "controls that counted")} as part of another will then count by ${plural(unmasks.length, "itself", "themselves")}: ${unmasks.join("; ")}.`;
  const where = proof.elsewhere.map(({ resource, message }) => ` ${capitalise(subjectName(resource))}: ${message}`).join("");
  return `${TRIED_WORDS[triedOn ?? "all"]} on snapshot ${seq}: ${own}, ${rest}.${more}${where}${apart}${untold === null ? "" : ` ${untold}`}`;
}

type Risk = "none" | "restart" | "may-break";

const RISKS: Readonly<Record<Risk, string>> = {
  none: "Risk: none expected.",
  restart: "Risk: the pods restart.",
  "may-break": "Risk: the workload may need what this removes. Try it outside production first.",
};

/** `isPatch` = an object is changed, not only made or deleted. */
export function riskSentence(risk: Risk, isPatch: boolean): string {
  const stale = isPatch ? " If these fields have changed since this snapshot, the API server refuses it: scan again." : "";
  return `${RISKS[risk]} Concentric is read-only: you apply the change.${stale}`;
}

/** A live change holds, or is taken back by whoever manages the object. */
export function managedSentence(managedBy: string | null): string {
  return managedBy === null
    ? "No sign of Helm, Argo CD, Flux or an operator: a live change lasts."
    : `Managed by ${managedBy}: change it at the source, or the next sync reverts it.`;
}
