import type { ReactNode } from "react";
import type { ClauseDto, FrameworkResponse } from "@/lib/contracts/frameworks";
import { CLAUSE_STATE_WORDS, frameworkTitle } from "@/lib/format/framework-titles";
import { formatInstant } from "@/lib/format/instant";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { plural } from "@/lib/format/plural";
import { CLAUSE_STATES } from "@/lib/model/clause-state";
import { Facts } from "../primitives/facts";
import { PageHead } from "../primitives/page-head";
import { Section } from "../primitives/section";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { ClauseTable } from "./clause-table";

function failingNote(clauses: readonly ClauseDto[]): string {
  const failing = clauses.filter((clause) => clause.state === "fail").length;
  return failing === 0
    ? `None of ${formatNoun(clauses.length, "clause")} fails`
    : `${formatCount(failing)} of ${formatNoun(clauses.length, "clause")} ${plural(failing, "fails", "fail")}`;
}

/** Leads to each failing clause, so that the answer is on the first screen. */
function FailingClauses({ clauses }: { readonly clauses: readonly ClauseDto[] }): ReactNode {
  const failing = clauses.filter((clause) => clause.state === "fail");
  if (failing.length === 0) return null;
  return (
    <nav className="failing-clauses" aria-label="Failing clauses">
      <span className="cap">Failing:</span>
      {failing.map((clause) => (
        <a key={clause.id} className="link mono" href={`#${clause.id}`}>
          {clause.id}
        </a>
      ))}
    </nav>
  );
}

/** One framework, clause by clause, with what decides each: fit for paper. */
export function FrameworkPage({ answer, base }: { readonly answer: FrameworkResponse; readonly base: string }): ReactNode {
  const { framework, clauses, moment } = answer;
  const groups = [...Map.groupBy(clauses, (clause) => clause.group)];
  const at = moment.at;
  return (
    <>
      <PageHead
        crumbs={[
          <PostureLink key="all" href={`${base}/frameworks`}>
            Frameworks
          </PostureLink>,
          <span key="name">{framework.name}</span>,
        ]}
        answer={at ? frameworkTitle(framework.name, framework.clauses) : framework.name}
        sub={framework.about}
      />
      <div className="under-head">
        <Facts
          kind="across"
          facts={CLAUSE_STATES.filter((state) => framework.clauses[state] > 0).map((state) => ({
            label: CLAUSE_STATE_WORDS[state],
            value: formatCount(framework.clauses[state]),
          }))}
        />
      </div>
      <FailingClauses clauses={clauses} />
      {groups.map(([group, some]) => (
        <Section key={group ?? ""} title={group ?? "Clauses"} note={failingNote(some)} className="clause-group">
          <ClauseTable caption={`Clauses of ${group ?? framework.name}`} clauses={some} base={base} />
        </Section>
      ))}
      <p className="sub about-source">{`Titles are in our own words. ${framework.source} Compared in ${framework.asOf}.${framework.leftOut === null ? "" : ` ${framework.leftOut}`} Figures of one control count its subjects, in workload and platform scope together.`}</p>
      <PageFoot
        parts={[
          framework.name,
          `cluster ${base.replace("/c/", "")}`,
          ...(at ? [`snapshot ${at.seq} of ${formatInstant(new Date(at.takenAt))}`] : ["no snapshot yet"]),
        ]}
      />
    </>
  );
}
