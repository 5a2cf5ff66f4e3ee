import type { ReactNode } from "react";
import { showHidden } from "@/lib/format/show-hidden";
import { WholeIds } from "./whole-ids";

interface PageHeadProps {
  /** The answer: a sentence with its number. */
  readonly answer: ReactNode;
  readonly sub?: ReactNode;
  readonly crumbs?: readonly ReactNode[];
  readonly actions?: ReactNode;
}

export function PageHead({ answer, sub, crumbs, actions }: PageHeadProps): ReactNode {
  return (
    <>
      {crumbs === undefined ? null : (
        <nav aria-label="Breadcrumb">
          <ol className="crumbs">
            {crumbs.map((crumb, index) => (
              <li key={index}>{crumb}</li>
            ))}
          </ol>
        </nav>
      )}
      <div className="head">
        <div>
          <h1 className="answer">{typeof answer === "string" ? <WholeIds text={showHidden(answer)} /> : answer}</h1>
          {sub === undefined ? null : <p className="sub">{sub}</p>}
        </div>
        {actions === undefined ? null : <div className="acts">{actions}</div>}
      </div>
    </>
  );
}
