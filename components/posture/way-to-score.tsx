import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { formatNoun } from "@/lib/format/numbers";
import { PostureLink } from "../shell/posture-link";

/** Kinds that could not be read, as Sources counts them: one of each API group. */
export const unreadKinds = ({ gaps }: Pick<OverviewResponse, "gaps">): readonly string[] => gaps.flatMap(({ kinds }) => kinds);

/** Without a score the answer is what to do about it, which stands far below otherwise. */
export function WayToScore({ overview, base }: { readonly overview: OverviewResponse; readonly base: string }): ReactNode {
  const unread = unreadKinds(overview).length;
  if (overview.weakest !== null || unread === 0) return null;
  return (
    <>
      {`${formatNoun(unread, "kind")} of objects could not be read. `}
      <PostureLink className="link" href={`${base}/sources`}>
        See why, and what closes each gap
      </PostureLink>
      , then scan again.{" "}
    </>
  );
}
