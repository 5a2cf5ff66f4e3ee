"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import type { FindingsSearch } from "@/lib/client/findings-search";
import { formatNoun } from "@/lib/format/numbers";
import { noMatchWords } from "../filters/no-match-words";
import { Message } from "../primitives/message";
import { PostureLink } from "../shell/posture-link";

interface FindingsEmptyProps {
  readonly search: FindingsSearch;
  readonly isNarrowed: boolean;
  /** Checks of the same view that were not assessed. */
  readonly unassessed: number;
  readonly seq: number;
  readonly base: string;
}

/** Nothing to list: what was looked at, and the way to more. */
export function FindingsEmpty({ search, isNarrowed, unassessed, seq, base }: FindingsEmptyProps): ReactNode {
  const pathname = usePathname();
  const controls = (
    <PostureLink className="ctl line" href={`${base}/controls`}>
      See what was checked
    </PostureLink>
  );
  if (isNarrowed) {
    return (
      <Message
        say={noMatchWords(search.q ?? "")}
        actions={
          <>
            <PostureLink className="ctl line" href={pathname}>
              Clear the filter
            </PostureLink>
            {controls}
          </>
        }
      />
    );
  }
  if (search.tab !== null)
    return (
      <Message
        say={`Nothing ${search.tab} in this period`}
        actions={
          <PostureLink className="ctl line" href={pathname}>
            See all open findings
          </PostureLink>
        }
      >
        Choose an earlier moment under “Since” to look further back.
      </Message>
    );
  if (unassessed > 0)
    return (
      <Message
        say="Nothing is known to fail here"
        actions={
          <>
            <PostureLink className="ctl line" href={`${pathname}?state=unknown`}>
              See what was not assessed
            </PostureLink>
            {controls}
          </>
        }
      >
        {formatNoun(unassessed, "check")} {unassessed === 1 ? "was" : "were"} not assessed in snapshot {seq}, which is no pass. Of the rest none fails.
      </Message>
    );
  return (
    <Message say="Nothing fails here" actions={controls}>
      Everything that was checked passes in snapshot {seq}.
    </Message>
  );
}
