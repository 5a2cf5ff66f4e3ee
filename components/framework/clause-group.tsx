import type { ReactNode } from "react";
import type { ClauseDto, FrameworkDto } from "@/lib/contracts/frameworks";
import { clauseSentence, clausesSentence } from "@/lib/format/framework-titles";
import { mainReason } from "@/lib/format/reason-words";
import { formatNoun } from "@/lib/format/numbers";
import { capitalise } from "@/lib/format/words";
import { countStates } from "@/lib/model/clause-state";
import { CureLink } from "../posture/reason-line";
import { Section } from "../primitives/section";
import { ClauseTable } from "./clause-table";

/** More clauses than this of one kind that say nothing of the cluster are folded, and of a framework for others all; on paper they are shown. */
const QUIET_SHOWN = 4;

/** "21 clauses that were not assessed: files on nodes, which the API does not show" */
function foldWords(clauses: readonly ClauseDto[]): string {
  const reasons = [...new Set(clauses.map(clauseSentence))];
  const count = formatNoun(clauses.length, "clause that was", "clauses that were");
  return reasons.length === 1 ? `${count} not assessed: ${reasons[0]}` : `${count} not assessed, for ${formatNoun(reasons.length, "reason")}`;
}

/** Why nothing of the cluster was seen for it, where one reason kept all its controls from judging anything; null = one of them says something of the cluster, or another reason. */
function blindReason({ state, rest, controls }: ClauseDto): string | null {
  const isBlind =
    state === "not-assessed" && rest === null && controls.every((one) => one.state === "not-assessed" && one.disabled === null && one.counts.judged === 0);
  const reasons = new Set(controls.map(({ unassessed }) => mainReason(unassessed)));
  const [reason = ""] = reasons;
  return isBlind && reasons.size === 1 && reason !== "" ? reason : null;
}

/** The clauses of the commonest of these reasons. */
function commonestBlind(clauses: readonly ClauseDto[]): readonly ClauseDto[] {
  const groups = [...Map.groupBy(clauses, blindReason)].flatMap(([reason, some]) => (reason === null ? [] : [some]));
  return groups.sort((a, b) => b.length - a.length)[0] ?? [];
}

interface ClauseGroupProps {
  readonly framework: FrameworkDto;
  readonly group: string | null;
  readonly clauses: readonly ClauseDto[];
  /** False where exactly the clauses of one state were asked for. */
  readonly folds: boolean;
  readonly base: string;
}

/** A group of which nothing applies here is one line: what fails is met sooner, and the order of the clauses stays. */
function IdleGroup({ title, clauses, base }: { readonly title: string; readonly clauses: readonly ClauseDto[]; readonly base: string }): ReactNode {
  return (
    <section className="sec clause-group">
      <details className="unread whole">
        <summary>
          <h2 className="sec-t">{title}</h2> {idleWords(clauses)}
        </summary>
        <ClauseTable caption={`Clauses of ${title} that do not apply here`} clauses={clauses} base={base} />
      </details>
    </section>
  );
}

const idleWords = (clauses: readonly ClauseDto[]): string => formatNoun(clauses.length, "clause that does not apply here", "clauses that do not apply here");

/** Clauses under one heading; those that nothing here can judge, and those that apply to nothing here, come last, behind their number. */
export function ClauseGroup({ framework, group, clauses, folds, base }: ClauseGroupProps): ReactNode {
  const foldMany = (some: readonly ClauseDto[]): readonly ClauseDto[] => (folds && some.length > (framework.isMeant === false ? 0 : QUIET_SHOWN) ? some : []);
  const unread = foldMany(clauses.filter((clause) => clause.state === "not-assessed" && clause.controls.length === 0));
  const blind = foldMany(commonestBlind(clauses));
  const [one] = blind;
  const cure = one?.controls[0]?.unassessed.reasons[0];
  const idle = foldMany(clauses.filter((clause) => clause.state === "not-applicable"));
  const shown = clauses.filter((clause) => ![unread, blind, idle].some((folded) => folded.includes(clause)));
  if (group !== null && folds && clauses.every(({ state }) => state === "not-applicable")) return <IdleGroup title={group} clauses={clauses} base={base} />;
  const caption = `Clauses of ${group ?? framework.name}`;
  return (
    <Section title={group ?? "Clauses"} note={capitalise(clausesSentence(countStates(clauses)))} className="clause-group">
      {shown.length === 0 ? null : <ClauseTable caption={caption} clauses={shown} base={base} />}
      {unread.length === 0 ? null : (
        <details className="unread">
          <summary>{foldWords(unread)}</summary>
          <ClauseTable caption={`${caption} that were not assessed`} clauses={unread} base={base} />
        </details>
      )}
      {one === undefined || cure === undefined ? null : (
        <>
          <details className="unread">
            <summary>{`${formatNoun(blind.length, "clause that was", "clauses that were")} not assessed: ${blindReason(one) ?? ""}`}</summary>
            <ClauseTable caption={`${caption} that were not assessed for one reason`} clauses={blind} base={base} />
          </details>
          <p className="cap unread-cure">
            <CureLink reason={cure} base={base} findings={null} />
          </p>
        </>
      )}
      {idle.length === 0 ? null : (
        <details className="unread">
          <summary>{idleWords(idle)}</summary>
          <ClauseTable caption={`${caption} that do not apply here`} clauses={idle} base={base} />
        </details>
      )}
    </Section>
  );
}
