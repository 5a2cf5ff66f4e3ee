import type { ReactNode } from "react";
import type { PodSecurityRow } from "@/lib/contracts/pod-security";
import { formatNoun } from "@/lib/format/numbers";
import { blockedSentence, meetsWords } from "@/lib/format/pod-security-titles";
import { capitalise } from "@/lib/format/words";
import { CopyButton } from "../primitives/copy-button";
import { Pill } from "../primitives/pill";
import { PostureLink } from "../shell/posture-link";
import { namespaceLevelsHref } from "./pod-security-href";
import { ColumnHeads } from "../tables/column-heads";

function OtherLabels({ labels }: { readonly labels: PodSecurityRow["labels"] }): ReactNode {
  return (["audit", "warn"] as const)
    .filter((mode) => labels[mode].value !== null)
    .map((mode) => (
      <span key={mode} className="cap block">
        {`${mode} ${labels[mode].value}${labels[mode].version === null ? "" : ` ${labels[mode].version}`}`}
      </span>
    ));
}

function Enforced({ row }: { readonly row: PodSecurityRow }): ReactNode {
  const { enforce } = row.labels;
  return (
    <>
      <span>
        {enforce.value === null ? <span className="muted">nothing</span> : enforce.acts}
        {enforce.version === null ? null : <span className="cap"> {enforce.version}</span>}
      </span>
      {enforce.value !== null && enforce.value !== enforce.acts ? <span className="cap block">{`labelled ${enforce.value}`}</span> : null}
      {enforce.acts === "privileged" && row.engine !== null ? <span className="cap block">{`${row.engine.kind} ${row.engine.name} guards it`}</span> : null}
      <OtherLabels labels={row.labels} />
    </>
  );
}

function Today({ row, isOff }: { readonly row: PodSecurityRow; readonly isOff: boolean }): ReactNode {
  if (isOff) return <span className="muted">labels do nothing</span>;
  if (row.overreach > 0) return <span>{`would refuse ${formatNoun(row.overreach, "workload")} anew`}</span>;
  if (row.meets === null) return <span className="muted">not assessed</span>;
  if (row.step === null) return <span className="muted">{row.blocked === null ? "at the top" : "no more"}</span>;
  return (
    <span className="step">
      <b>{row.step}</b>
      {row.command === null ? null : <CopyButton text={row.command}>Copy command</CopyButton>}
    </span>
  );
}

/** Every namespace: what it enforces, what its workloads meet, what stands in the way, and the step that breaks nothing. */
export function NamespaceLevelsTable({
  rows,
  base,
  isOff,
}: {
  readonly rows: readonly PodSecurityRow[];
  readonly base: string;
  /** The API server does nothing about the labels. */
  readonly isOff: boolean;
}): ReactNode {
  return (
    <table className="table rows even levels">
      <caption className="sr">Pod Security of each namespace</caption>
      <ColumnHeads
        columns={[["Namespace"], ["Enforces now", "w-now"], ["Workloads meet", "w-meets"], ["Blocks the next level"], ["Could enforce today", "w-today"]]}
      />
      <tbody>
        {rows.map((row) => (
          <tr key={row.namespace}>
            <td>
              <PostureLink className="row-a" href={namespaceLevelsHref(base, row.namespace)}>
                <span className="mono name">{row.namespace}</span>
              </PostureLink>
              {row.scope === "platform" ? (
                <>
                  {" "}
                  <Pill>platform</Pill>
                </>
              ) : null}
            </td>
            <td data-label="Enforces now">
              <Enforced row={row} />
            </td>
            <td data-label="Workloads meet">{row.meets === null || row.workloads === 0 ? <span className="muted">{meetsWords(row)}</span> : row.meets}</td>
            <td data-label="Blocks the next level">
              {row.blocked === null ? (
                <span className="muted">{row.meets === null ? "nothing that was read" : "nothing"}</span>
              ) : (
                capitalise(blockedSentence(row))
              )}
            </td>
            <td data-label="Could enforce today">
              <Today row={row} isOff={isOff} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
