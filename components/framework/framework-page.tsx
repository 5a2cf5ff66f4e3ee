import type { ReactNode } from "react";
import type { ClauseDto, FrameworkDto, FrameworkResponse } from "@/lib/contracts/frameworks";
import { CLAUSE_STATE_WORDS, frameworkTitle } from "@/lib/format/framework-titles";
import { CLAUSE_STATES } from "@/lib/model/clause-state";
import { OfThisRelease } from "../posture/of-this-release";
import { LinkTabs } from "../primitives/link-tabs";
import { Message } from "../primitives/message";
import { PageHead } from "../primitives/page-head";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { ClauseGroup } from "./clause-group";
import { ClauseTarget } from "./clause-target";
import { FrameworkExport } from "./framework-export";
import { frameworkExportHref, frameworkHref, type FrameworkShown } from "./framework-href";
import { FrameworkMatrix } from "./framework-matrix";

const MATRIX_KEY =
  "4 of 8 = failing of judged subjects; covered = they fail under a more specific control; glyph and tint = the worst of them; hatch = not assessed; dashed = no control, or nothing to judge.";

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

/** One tab for each state that a clause is in: the figures of the page, and its filter. */
function StateTabs({ framework, shown, base }: { readonly framework: FrameworkDto; readonly shown: FrameworkShown; readonly base: string }): ReactNode {
  const states = CLAUSE_STATES.filter((state) => framework.clauses[state] > 0 || state === shown.state);
  const all = Object.values(framework.clauses).reduce((sum, count) => sum + count, 0);
  const hrefOf = (state: FrameworkShown["state"]): string => frameworkHref(base, framework.key, { ...shown, state });
  return (
    <LinkTabs
      label="State of the clauses"
      tabs={[
        { href: hrefOf(null), label: "All", count: all, current: shown.state === null },
        ...states.map((state) => ({ href: hrefOf(state), label: CLAUSE_STATE_WORDS[state], count: framework.clauses[state], current: shown.state === state })),
      ]}
    />
  );
}

interface GroupsProps {
  readonly framework: FrameworkDto;
  readonly clauses: readonly ClauseDto[];
  readonly folds: boolean;
  readonly base: string;
}

function Groups({ framework, clauses, folds, base }: GroupsProps): ReactNode {
  return (
    <>
      <ClauseTarget />
      <FailingClauses clauses={clauses} />
      {[...Map.groupBy(clauses, (clause) => clause.group)].map(([group, some]) => (
        <ClauseGroup key={group ?? ""} framework={framework} group={group} clauses={some} folds={folds} base={base} />
      ))}
    </>
  );
}

/** The title of the page. */
export function frameworkAnswer({ framework, moment }: FrameworkResponse): string {
  if (!moment.at) return framework.name;
  if (framework.isMeant === false) return `${framework.name} does not apply here`;
  return frameworkTitle(framework.name, framework.clauses, framework.columns.length > 0);
}

/** One framework, clause by clause, with what decides each: fit for paper. */
export function FrameworkPage({
  answer,
  shown,
  base,
}: {
  readonly answer: FrameworkResponse;
  readonly shown: FrameworkShown;
  readonly base: string;
}): ReactNode {
  const { framework, clauses, moment } = answer;
  const at = moment.at;
  const isMatrix = framework.columns.length > 0 && shown.view !== "list";
  return (
    <>
      <PageHead
        crumbs={[
          <PostureLink key="all" href={`${base}/frameworks`}>
            Frameworks
          </PostureLink>,
          <span key="name">{framework.name}</span>,
        ]}
        answer={frameworkAnswer(answer)}
        sub={framework.about}
        actions={<FrameworkExport href={frameworkExportHref(base, framework.key, shown.state, at?.seq ?? null)} clauses={clauses.length} />}
      />
      {framework.applies === null ? null : <p className="applies">{framework.applies}</p>}
      <StateTabs framework={framework} shown={shown} base={base} />
      {framework.columns.length === 0 ? null : (
        <div className="view-seg">
          <LinkTabs
            kind="seg"
            label="View"
            tabs={[
              { href: frameworkHref(base, framework.key, { ...shown, view: null }), label: "Matrix", current: isMatrix },
              { href: frameworkHref(base, framework.key, { ...shown, view: "list" }), label: "List", current: !isMatrix },
            ]}
          />
        </div>
      )}
      {isMatrix && clauses.length > 0 ? <p className="cap matrix-key">{MATRIX_KEY}</p> : null}
      {clauses.length === 0 ? (
        <div className="sec">
          <Message say="No clause is in this state">Every clause of the framework was checked.</Message>
        </div>
      ) : isMatrix ? (
        <FrameworkMatrix framework={framework} clauses={clauses} base={base} />
      ) : (
        <Groups framework={framework} clauses={clauses} folds={shown.state === null} base={base} />
      )}
      <OfThisRelease
        before={`Titles are in our own words. ${framework.source} Compared with the original in ${framework.asOf}.${framework.leftOut === null ? "" : ` ${framework.leftOut}`} `}
        what="Which controls decide a clause"
        after=" Figures of one control count its subjects, in workload and platform scope together."
      />
      <PageFoot
        parts={[
          framework.name,
          ...(shown.state === null ? [] : [`only: ${CLAUSE_STATE_WORDS[shown.state].toLowerCase()}`]),
          ...(at ? [at] : ["no snapshot yet"]),
        ]}
      />
    </>
  );
}
