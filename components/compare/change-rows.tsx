import type { ReactNode } from "react";
import type { CompareRow } from "@/lib/contracts/snapshots";
import { formatCount } from "@/lib/format/numbers";
import { workloadFindings } from "@/lib/format/paths";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { ChangeLines } from "./change-lines";

/** As many of one kind as leave the next kind in sight; the others are folded. */
const SHOWN = 12;

interface ChangeSectionProps {
  readonly count: number;
  /** "gone with their object" */
  readonly words: string;
  /** Worst first; of many not all. */
  readonly rows: readonly CompareRow[];
  /** Nothing folded: it is the only kind on the page. */
  readonly isWhole: boolean;
  /** The list of findings that has them all; null = there is none. */
  readonly tab: "opened" | "closed" | null;
  readonly base: string;
  readonly then: string;
  readonly now: string;
}

/** The findings of one kind of change. */
export function ChangeSection({ count, words, rows, isWhole, tab, base, then, now }: ChangeSectionProps): ReactNode {
  const shown = isWhole ? rows : rows.slice(0, SHOWN);
  const rest = rows.slice(shown.length);
  const caption = `Findings ${words}`;
  return (
    <Section
      title={`${formatCount(count)} ${words}`}
      note={
        <>
          {rows.length < count ? `the ${formatCount(rows.length)} worst of them here` : null}
          {tab === null ? null : (
            <span className="no-print">
              {rows.length < count ? " · " : null}
              <PostureLink className="link" href={workloadFindings(base, `tab=${tab}`)}>
                {`All ${tab} in Findings`}
              </PostureLink>
            </span>
          )}
        </>
      }
    >
      {rows.length === 0 ? null : <ChangeLines rows={shown} base={base} caption={caption} then={then} now={now} />}
      {rest.length === 0 ? null : (
        <details className="more">
          <summary className="cap">{`${formatCount(rest.length)} more`}</summary>
          <ChangeLines rows={rest} base={base} caption={`${caption}, the others`} then={then} now={now} />
        </details>
      )}
    </Section>
  );
}
