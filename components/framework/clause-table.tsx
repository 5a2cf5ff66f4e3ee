import type { ReactNode } from "react";
import type { ClauseDto } from "@/lib/contracts/frameworks";
import { clauseSentence } from "@/lib/format/framework-titles";
import { capitalise } from "@/lib/format/words";
import { ClauseStateTag } from "../frameworks/clause-state-tag";
import { ClauseControls, foldsQuiet } from "./clause-controls";
import { worstOf } from "./worst-of";
import { ColumnHeads } from "../tables/column-heads";

/** What the controls in sight above do not say themselves. */
function Rest({ clause }: { readonly clause: ClauseDto }): ReactNode {
  const { controls, state, rest } = clause;
  if (controls.length === 0) return null;
  const said = state === "not-assessed" && foldsQuiet(controls) ? clauseSentence(clause) : rest;
  return said === null ? null : <span className="cap block">{capitalise(said)}</span>;
}

/** Clauses under one heading: its number and title, the state, and the controls that decide it. */
export function ClauseTable({
  caption,
  clauses,
  base,
}: {
  readonly caption: string;
  readonly clauses: readonly ClauseDto[];
  readonly base: string;
}): ReactNode {
  return (
    <table className="table rows even clauses">
      <caption className="sr">{caption}</caption>
      <ColumnHeads columns={[["Clause", "w-clause"], ["State", "w-state"], ["Decided by"]]} />
      <tbody>
        {clauses.map((clause) => (
          <tr key={clause.id} id={clause.id}>
            <td>
              <span className="mono clause-id">{clause.id}</span>
              <span className="clause-title">{clause.title}</span>
            </td>
            <td>
              <ClauseStateTag state={clause.state} severity={worstOf(clause)} />
            </td>
            <td>
              {clause.controls.length === 0 ? <span className="cap">{clauseSentence(clause)}</span> : <ClauseControls controls={clause.controls} base={base} />}
              <Rest clause={clause} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
