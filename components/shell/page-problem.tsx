import type { ReactNode } from "react";
import { PageHead } from "../primitives/page-head";
import { keepMoment } from "./posture-search";

export interface Problem {
  readonly message: string;
  /** It is no mistake in the address but a failure, which the server's log has under this id. */
  readonly requestId?: string;
  /** What follows the "?" of the address is what cannot be read. */
  readonly isBadQuery?: boolean;
}

/** An empty reference is the page itself, with all that its address asks. */
const SAME_ADDRESS = "";
const WITHOUT_QUERY = "?";

interface PageProblemProps {
  readonly problem: Problem;
  readonly base: string;
  /** Where to look for what the address names. */
  readonly list?: { readonly href: string; readonly label: string };
  /** What the address asks, where its moment is there: the links stay at it, as those of the frame do. Left out = the moment is what is wrong, or may be. */
  readonly moment?: string;
}

/** What is wrong with a parameter, and how it is read, which is no title: "severity=hgih cannot be read", "severity must be one of …" */
const HOW_READ = /(?<=cannot be read): /;

/** The sentence about what is wrong, and in the case of a failure another try, which needs no scripts. */
export function ProblemHead({ problem, sub, children }: { readonly problem: Problem; readonly sub: string; readonly children: ReactNode }): ReactNode {
  const hasFailed = problem.requestId !== undefined;
  const [wrong = "", ...how] = problem.message.split(HOW_READ);
  const said = { answer: wrong.replace(/\.$/, ""), sub: how.length === 0 ? sub : `${how.join(": ")} ${sub}` };
  return (
    <>
      <PageHead {...(hasFailed ? { answer: "This page could not be shown", sub: problem.message } : said)} />
      {hasFailed ? (
        <pre className="pre" tabIndex={0}>
          {`request ${problem.requestId}`}
        </pre>
      ) : null}
      <p className="say-acts">
        {hasFailed ? (
          <a className="ctl line" href={SAME_ADDRESS}>
            Try again
          </a>
        ) : null}
        {children}
      </p>
    </>
  );
}

/** A page whose address asks for something that does not exist, or that failed: one sentence, and the way on. */
export function PageProblem({ problem, base, list, moment = "" }: PageProblemProps): ReactNode {
  const kept = (href: string): string => keepMoment(href, base, moment);
  return (
    <ProblemHead problem={problem} sub="Nothing was lost: snapshots never change.">
      <a className="ctl line" href={kept(base)}>
        Go to the overview
      </a>
      {problem.isBadQuery === true ? (
        <a className="ctl line" href={WITHOUT_QUERY}>
          Open this page without parameters
        </a>
      ) : null}
      {list === undefined ? null : (
        <a className="ctl line" href={kept(list.href)}>
          {list.label}
        </a>
      )}
      <a className="ctl line" href={kept(`${base}/snapshots`)}>
        See the snapshots
      </a>
    </ProblemHead>
  );
}
