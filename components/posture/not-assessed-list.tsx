import type { ReactNode } from "react";
import type { GapDto, UnassessedDto } from "@/lib/contracts/overview";
import { formatNoun } from "@/lib/format/numbers";
import { PostureLink } from "../shell/posture-link";
import { GapList } from "./gap-list";
import { UnassessedList } from "./unassessed-list";

interface NotAssessedListProps {
  readonly gaps: readonly GapDto[];
  readonly unassessed: readonly UnassessedDto[];
  readonly base: string;
  /** As many gaps as have room; all of them are in the sources. */
  readonly shown?: number;
}

/** What was not assessed and why: kinds that could not be read, then the controls that could not judge for other reasons. */
export function NotAssessedList({ gaps, unassessed, base, shown = gaps.length }: NotAssessedListProps): ReactNode {
  const others = unassessed.filter(({ reasons }) => gaps.length === 0 || reasons.some(({ cause }) => cause !== "gap"));
  const rest = gaps.length - shown;
  if (gaps.length + others.length === 0) return <p className="cap">Every kind of resource that the controls in scope need was read.</p>;
  return (
    <>
      {gaps.length === 0 ? null : <GapList gaps={gaps} shown={shown} />}
      {rest <= 0 ? null : (
        <p className="cap more-gaps">
          <PostureLink className="link" href={`${base}/sources`}>
            {formatNoun(rest, "more gap")}
          </PostureLink>
        </p>
      )}
      {gaps.length === 0 || others.length === 0 ? null : <p className="cap other-reasons">Not assessed for other reasons:</p>}
      {others.length === 0 ? null : <UnassessedList rows={others} base={base} />}
    </>
  );
}
