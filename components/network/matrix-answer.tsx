import type { ReactNode } from "react";
import type { NetworkMatrixResponse } from "@/lib/contracts/network";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { pairWords } from "@/lib/format/network-titles";
import { Message } from "../primitives/message";
import { Section } from "../primitives/section";
import { NamespaceFind } from "./namespace-find";
import { NamespaceMatrix } from "./namespace-matrix";
import { ReachTag } from "./reach-tag";
import { worstCell } from "./worst-cell";

const STATES = ["open", "restricted", "closed", "unknown"] as const;
const MEANS = { open: "every pair of workloads, every port", restricted: "some pairs or some ports", closed: "nothing passes", unknown: "" } as const;

/** Every namespace with every other, and with the outside. */
export function MatrixAnswer({ matrix, base }: { readonly matrix: NetworkMatrixResponse; readonly base: string }): ReactNode {
  const { rows, matching, namespaces, counts } = matrix;
  const shown = Math.max(0, rows.length - 1);
  if (namespaces === 0)
    return (
      <div className="sec">
        <Message say="No workload of this snapshot has pods that could connect" />
      </div>
    );
  return (
    <Section
      title="Who reaches whom"
      note={
        shown < matching
          ? `the most open ${formatCount(shown)} of ${formatNoun(matching, "namespace")}; filter to see others`
          : `${formatCount(shown)} of ${formatNoun(namespaces, "namespace")}`
      }
    >
      <div className="net-bar">
        <NamespaceFind />
        <ul className="net-legend">
          {STATES.filter((state) => state !== "unknown" || counts.unknown > 0).map((state) => (
            <li key={state}>
              <ReachTag state={state} />
              {MEANS[state] === "" ? null : <span className="cap">{MEANS[state]}</span>}
            </li>
          ))}
        </ul>
      </div>
      {shown === 0 ? (
        <Message say="No namespace has that name">{`The filter searches the names of ${formatNoun(namespaces, "namespace")} with workloads.`}</Message>
      ) : (
        <NamespaceMatrix
          key={rows.map(({ from }) => from).join()}
          columns={matrix.columns}
          rows={rows.map(({ from, scope, cells }) => ({ from, scope, cells: cells.map((cell) => cell && [cell.state, pairWords(cell)]) }))}
          first={worstCell(matrix)}
          base={base}
        />
      )}
      <p className="cap net-note">The outside, and what stays inside a namespace, which is framed and has no tint, are shown, and not counted in the title.</p>
    </Section>
  );
}
