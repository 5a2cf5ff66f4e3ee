import type { ReactNode } from "react";
import type { ControlResponse } from "@/lib/contracts/controls";
import { formatCount } from "@/lib/format/numbers";
import { plural } from "@/lib/format/plural";
import { moreReasonsWords } from "@/lib/format/reason-words";
import { FindingLines } from "../posture/finding-lines";
import { ReasonLine } from "../posture/reason-line";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { controlStanding } from "./control-standing";

/** The reasons of one control, the commonest first, each with the one action that helps. */
export function WhyUnassessed({ unassessed, base }: { readonly unassessed: ControlResponse["unassessed"]; readonly base: string }): ReactNode {
  return (
    <ul className="gaps">
      {unassessed.reasons.map((reason) => (
        <li key={reason.reason}>
          <span>
            <ReasonLine reason={reason} base={base} findings={null} showsAction />
          </span>
        </li>
      ))}
      {unassessed.moreReasons === 0 ? null : <li>{moreReasonsWords(unassessed.moreReasons)}</li>}
    </ul>
  );
}

function titleOf(notAssessed: number, stale: number): string {
  const last = `${formatCount(stale)} could not be assessed again, and ${plural(stale, "counts", "count")} as last assessed`;
  return notAssessed === 0 ? last : `${formatCount(notAssessed)} not assessed${stale === 0 ? "" : `; ${last}`}`;
}

/** What of a control was not assessed, or not again, and why; what counts as it last was is among what fails. Where nothing was judged, the reasons stand above. */
export function ControlUnassessed({ answer, base }: { readonly answer: ControlResponse; readonly base: string }): ReactNode {
  const { control, counts, notAssessed, notAssessedTotal, unassessed } = answer;
  const saysWhy = unassessed.reasons.length > 0 && controlStanding(answer) !== "not-assessed";
  if (notAssessed.length === 0 && !saysWhy) return null;
  const all = `${base}/findings?control=${control.id}`;
  const { stale } = unassessed;
  return (
    <Section
      title={titleOf(notAssessedTotal, stale)}
      note={
        <>
          {notAssessed.length === 0 ? null : counts?.isSwitchedOff === true ? "Out of scope" : "Left out of the score; they lower the coverage"}
          {notAssessedTotal > notAssessed.length ? (
            <>
              {" · "}
              <PostureLink className="link" href={`${all}&state=unknown`}>{`All ${formatCount(notAssessedTotal)}`}</PostureLink>
            </>
          ) : null}
          {stale === 0 ? null : (
            <span className="no-print">
              {notAssessed.length === 0 ? null : " · "}
              <PostureLink className="link" href={`${all}&assessed=last`}>{`The ${formatCount(stale)} as last assessed`}</PostureLink>
            </span>
          )}
        </>
      }
    >
      {saysWhy ? <WhyUnassessed unassessed={unassessed} base={base} /> : null}
      {notAssessed.length === 0 ? null : (
        <FindingLines
          rows={notAssessed}
          base={base}
          caption="Subjects that could not be assessed"
          showsRead={unassessed.reasons.length + unassessed.moreReasons !== 1}
        />
      )}
    </Section>
  );
}
