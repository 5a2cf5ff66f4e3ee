import type { ReactNode } from "react";
import type { FrameworkDto, ListFrameworksResponse } from "@/lib/contracts/frameworks";
import { CLAUSE_STATE_WORDS, clausesSentence, frameworksTitle, techniquesSentence } from "@/lib/format/framework-titles";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import type { ClauseState } from "@/lib/model/clause-state";
import { Message } from "../primitives/message";
import { PageHead } from "../primitives/page-head";
import { Section } from "../primitives/section";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { ClauseBar } from "./clause-bar";

/** In the order of the columns. */
const COLUMNS: readonly ClauseState[] = ["fail", "pass", "needs-review", "not-assessed", "not-applicable", "no-control"];

type Framework = ListFrameworksResponse["frameworks"][number];

/** What a cluster's own benchmarks say, and what is meant for other platforms. */
function FrameworkTable({
  caption,
  frameworks,
  base,
}: {
  readonly caption: string;
  readonly frameworks: readonly Framework[];
  readonly base: string;
}): ReactNode {
  return (
    <table className="table rows even frameworks under-head">
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Framework</th>
          <th scope="col" className="w-clause-bar ph-hide">
            Filled = fails, hatch = not assessed
          </th>
          <th scope="col" className="num">
            Clauses
          </th>
          {COLUMNS.map((state) => (
            <th key={state} scope="col" className="num">
              {CLAUSE_STATE_WORDS[state]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {frameworks.map((framework) => (
          <FrameworkRow key={framework.key} framework={framework} base={base} />
        ))}
      </tbody>
    </table>
  );
}

function OtherFrameworks({ frameworks, base }: { readonly frameworks: readonly Framework[]; readonly base: string }): ReactNode {
  if (frameworks.length === 0) return null;
  return (
    <Section title="For other platforms" note="They do not apply to this cluster, or it is unknown whether they do">
      <ul className="other-frameworks">
        {frameworks.map((framework) => (
          <li key={framework.key}>
            <PostureLink className="link" href={`${base}/frameworks/${framework.key}`}>
              {framework.name}
            </PostureLink>
            <span className="cap">{framework.applies}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function FrameworkRow({ framework, base }: { readonly framework: Framework; readonly base: string }): ReactNode {
  const { clauses } = framework;
  const all = Object.values(clauses).reduce((sum, count) => sum + count, 0);
  return (
    <tr>
      <td>
        <PostureLink className="row-a" href={`${base}/frameworks/${framework.key}`}>
          {framework.name}
          {framework.applies === null ? null : <span className="cap block">{framework.applies}</span>}
          <span className="only-phone cap">{framework.columns.length > 0 ? techniquesSentence(clauses) : clausesSentence(clauses)}</span>
        </PostureLink>
      </td>
      <td className="clause-bar-c">
        <ClauseBar clauses={clauses} />
      </td>
      <td className="num ph-hide">{formatCount(all)}</td>
      {COLUMNS.map((state) => (
        <td key={state} className="num ph-hide">
          {clauses[state] > 0 ? formatCount(clauses[state]) : <span className="muted">0</span>}
        </td>
      ))}
    </tr>
  );
}

const isMeant = ({ isMeant: meant }: FrameworkDto): boolean => meant === true;

/** The title of the page. */
export function frameworksAnswer({ frameworks, moment }: ListFrameworksResponse): string {
  return moment.at ? frameworksTitle(frameworks.filter(isMeant).map(({ clauses }) => clauses)) : formatNoun(frameworks.length, "framework");
}

/** Each framework with what its clauses came to: one verdict, counted in every framework that asks for it. */
export function FrameworksPage({ answer, base }: { readonly answer: ListFrameworksResponse; readonly base: string }): ReactNode {
  const { frameworks, moment } = answer;
  const at = moment.at;
  return (
    <>
      <PageHead
        answer={frameworksAnswer(answer)}
        sub="Controls map to clauses. A clause fails when any subject of any of its controls fails. That nothing fails is evidence for an assessor, not a certificate."
      />
      {at ? null : <Message say="Nothing judged yet">The first scan fills in these counts.</Message>}
      <FrameworkTable caption="Frameworks and how many of their clauses fail" frameworks={frameworks.filter(isMeant)} base={base} />
      <OtherFrameworks frameworks={frameworks.filter((framework) => !isMeant(framework))} base={base} />
      <PageFoot parts={[...(at ? [at] : []), "verdicts of workload and platform scope together"]} />
    </>
  );
}
