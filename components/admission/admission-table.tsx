import type { ReactNode } from "react";
import type { AdmissionIssue, AdmissionPartDto } from "@/lib/contracts/admission";
import { ENFORCEMENT_WORDS } from "@/lib/format/admission-titles";
import { formatNoun } from "@/lib/format/numbers";
import { findingPath, resourcePath } from "@/lib/format/paths";
import { capitalise } from "@/lib/format/words";
import type { State } from "@/lib/model/verdict";
import { SeverityTag } from "../primitives/severity-tag";
import { StateTag } from "../primitives/state-tag";
import { PostureLink } from "../shell/posture-link";
import { slugOf } from "../shell/posture-search";
import { ColumnHeads } from "../tables/column-heads";

const STATES: Readonly<Record<AdmissionPartDto["enforcement"], State>> = {
  refuses: "pass",
  reports: "waived",
  changes: "pass",
  off: "not-applicable",
  hidden: "unknown",
};

/** Open findings, the worst first, each a link to itself or to the list of its control. */
export function AdmissionIssues({ issues, base }: { readonly issues: readonly AdmissionIssue[]; readonly base: string }): ReactNode {
  const cluster = slugOf(base);
  return (
    <ul className="issues">
      {issues.map(({ control, title, severity, count, finding }) => (
        <li key={control}>
          <SeverityTag severity={severity} />
          <span>
            <PostureLink className="link" href={finding === null ? `${base}/findings?control=${control}` : findingPath(cluster, finding)}>
              {title}
            </PostureLink>
            {count > 1 ? <span className="cap nowrap">{` ${formatNoun(count, "finding")}`}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

function PartRow({ part, base }: { readonly part: AdmissionPartDto; readonly base: string }): ReactNode {
  const { system, object, enforcement, does, lax, issues, isJudged } = part;
  return (
    <tr>
      <td>
        {object === null ? (
          <span className="name">{system}</span>
        ) : (
          <>
            <PostureLink className="link name" href={resourcePath(slugOf(base), object)}>
              {object.name}
            </PostureLink>
            <span className="cap block">{system === object.kind ? object.kind : `${system}, ${object.kind}`}</span>
          </>
        )}
      </td>
      <td>
        <StateTag state={STATES[enforcement]}>{ENFORCEMENT_WORDS[enforcement]}</StateTag>
        <span className="does">{does}</span>
      </td>
      <td>
        {lax === null ? null : <span className="lax">{capitalise(lax)}</span>}
        {issues.length > 0 ? (
          <AdmissionIssues issues={issues} base={base} />
        ) : lax === null && enforcement !== "hidden" ? (
          <span className="muted">{isJudged ? "nothing found" : "not assessed"}</span>
        ) : null}
      </td>
    </tr>
  );
}

/** The parts of one group. */
export function AdmissionTable({
  caption,
  parts,
  base,
}: {
  readonly caption: string;
  readonly parts: readonly AdmissionPartDto[];
  readonly base: string;
}): ReactNode {
  return (
    <table className="table rows even admission">
      <caption className="sr">{caption}</caption>
      <ColumnHeads columns={[["What is there", "w-what"], ["What it does"], ["What is wrong", "w-wrong"]]} />
      <tbody>
        {parts.map((part, index) => (
          <PartRow key={index} part={part} base={base} />
        ))}
      </tbody>
    </table>
  );
}
