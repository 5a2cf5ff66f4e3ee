import clsx from "clsx";
import type { ReactNode } from "react";
import type { ClauseDto, FrameworkDto } from "@/lib/contracts/frameworks";
import { cellSentence, columnSentence } from "@/lib/format/framework-titles";
import { countStates } from "@/lib/model/clause-state";
import { ClauseStateTag } from "../frameworks/clause-state-tag";
import { PostureLink } from "../shell/posture-link";
import { frameworkHref } from "./framework-href";
import { MatrixKeys } from "./matrix-keys";
import { worstOf } from "./worst-of";

/** "T1078.001" -> "T1078" */
const techniqueOf = ({ id }: ClauseDto): string | undefined => id.split(".")[0];

/** A sub-technique stands in from its technique, where that is in the same column: below another one it would seem to be its part. */
function isBelow(own: readonly ClauseDto[], at: number): boolean {
  const clause = own[at];
  return clause?.id.includes(".") === true && own.some(({ id }) => id === techniqueOf(clause));
}

function MatrixCell({ clause, isUnder, href }: { readonly clause: ClauseDto; readonly isUnder: boolean; readonly href: string }): ReactNode {
  const severity = worstOf(clause);
  return (
    <li className={clsx("cell", clause.state, clause.state === "fail" && severity, isUnder && "is-sub")}>
      <PostureLink href={`${href}#${clause.id}`}>
        <span className="cell-top">
          <ClauseStateTag state={clause.state} severity={severity}>
            <span className="mono">
              <span className={isUnder ? "sr" : undefined}>{clause.id}</span>
              {/* As ATT&CK writes it where the technique stands above. */}
              {isUnder ? <span aria-hidden="true">{clause.id.slice(clause.id.indexOf("."))}</span> : null}
            </span>
          </ClauseStateTag>
          <span className="cell-n">{cellSentence(clause.state, clause.counts)}</span>
        </span>
        <span className="cell-t">{clause.title}</span>
      </PostureLink>
    </li>
  );
}

/** Tactics as columns, techniques as cells; a technique stands under each tactic that it serves. Columns that do not fit beside each other go on in a second row; on a phone all follow each other. */
export function FrameworkMatrix({
  framework,
  clauses,
  base,
}: {
  readonly framework: FrameworkDto;
  readonly clauses: readonly ClauseDto[];
  readonly base: string;
}): ReactNode {
  const href = frameworkHref(base, framework.key, { state: null, view: "list" });
  const columns = framework.columns
    .map((column) => ({ column, own: clauses.filter((clause) => clause.columns.includes(column.id)) }))
    .filter(({ own }) => own.length > 0);
  return (
    <MatrixKeys label={`${framework.name} as a matrix`} columns={columns.length}>
      {columns.map(({ column, own }) => (
        <section key={column.id} className="tactic" aria-labelledby={`col-${column.id}`}>
          <h2 id={`col-${column.id}`}>
            {column.name}
            <span className="cap">{columnSentence(countStates(own))}</span>
          </h2>
          <ul>
            {own.map((clause, at) => (
              <MatrixCell key={clause.id} clause={clause} isUnder={isBelow(own, at)} href={href} />
            ))}
          </ul>
        </section>
      ))}
    </MatrixKeys>
  );
}
