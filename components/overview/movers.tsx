import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { formatCount } from "@/lib/format/numbers";
import { nothingMovedSentence } from "@/lib/format/posture-titles";
import { Instant } from "../primitives/instant";
import { Section } from "../primitives/section";
import { SeverityTag } from "../primitives/severity-tag";
import { StateTag } from "../primitives/state-tag";
import { PostureLink } from "../shell/posture-link";

type Mover = OverviewResponse["movers"][number];

const WORDS: Readonly<Record<Mover["change"], string>> = {
  new: "New",
  reopened: "Reopened",
  assessed: "Not assessed before",
  "new-control": "New control",
  worsened: "Worse",
  fixed: "Fixed",
  gone: "Gone",
};

function MoverTag({ mover }: { readonly mover: Mover }): ReactNode {
  if (mover.change === "fixed" || mover.change === "gone") {
    return (
      <StateTag state="pass">
        <b>{WORDS[mover.change]}</b>
      </StateTag>
    );
  }
  return <SeverityTag severity={mover.severity}>{WORDS[mover.change]}</SeverityTag>;
}

interface MoversProps {
  readonly base: string;
  /** null = nothing earlier is compared with. */
  readonly baseline: string | null;
  /** It is the first snapshot of all. */
  readonly isFirst: boolean;
  readonly flow: readonly { readonly word: string; readonly count: number; readonly href: string }[];
  readonly movers: readonly Mover[];
  /** No figure of the flow was counted: nothing could be assessed. */
  readonly isUncounted: boolean;
  /** Everything in scope was assessed, at the baseline too. */
  readonly isWhole: boolean;
}

/** What opened and closed since the baseline, the worst first. */
export function Movers({ base, baseline, isFirst, flow, movers, isUncounted, isWhole }: MoversProps): ReactNode {
  return (
    <Section
      ruled={false}
      title={baseline === null ? (isFirst ? "At the first scan" : "No earlier moment to compare with") : `Since ${baseline}`}
      note={
        baseline === null ? null : (
          <PostureLink className="link no-print" href={`${base}/compare`}>
            Compare
          </PostureLink>
        )
      }
    >
      {isUncounted ? <p className="cap nothing-moved">Nothing could be assessed: what opened, closed or is open is not known.</p> : null}
      <dl className="flow">
        {(isUncounted ? [] : baseline === null ? flow.slice(-1) : flow).map(({ word, count, href }) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>
              {count === 0 ? (
                0
              ) : (
                <PostureLink href={href} aria-label={`${formatCount(count)} ${word}`}>
                  {formatCount(count)}
                </PostureLink>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {movers.length === 0 && baseline !== null && !isUncounted ? (
        <p className="cap nothing-moved">
          {nothingMovedSentence(
            isWhole,
            flow.slice(0, -1).some(({ count }) => count > 0),
          )}
        </p>
      ) : null}
      <ul className="movers">
        {movers.map((mover) => (
          <li key={`${mover.id} ${mover.change}`}>
            <PostureLink href={`${base}/findings/${mover.id}`}>
              <MoverTag mover={mover} /> {mover.title}
              <span className="cap">
                <span className="mono">{mover.object}</span> · {mover.change === "worsened" ? "open since " : null}
                <Instant at={mover.at} kind="day" />
              </span>
            </PostureLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}
