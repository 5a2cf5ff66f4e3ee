import type { ReactNode } from "react";
import type { ClauseDto } from "@/lib/contracts/frameworks";
import { clauseSentence } from "@/lib/format/framework-titles";
import { ClauseStateTag } from "../frameworks/clause-state-tag";
import { ClauseControls } from "./clause-controls";
import { ClauseRest } from "./clause-rest";
import { worstOf } from "./worst-of";
import { ColumnHeads } from "../tables/column-heads";

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
              <span className="mono clause-id">{clause.id}</span> <span>{clause.title}</span>
            </td>
            <td>
              <ClauseStateTag state={clause.state} severity={worstOf(clause)} />
            </td>
            <td>
              {clause.controls.length === 0 ? <span className="cap">{clauseSentence(clause)}</span> : <ClauseControls controls={clause.controls} base={base} />}
              <ClauseRest clause={clause} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
