import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { workloadFindings } from "@/lib/format/paths";
import { capHolderWords, capSentence } from "@/lib/format/posture-titles";
import { capitalise } from "@/lib/format/words";
import { PostureLink } from "../shell/posture-link";
import { toCapHolder } from "./to-reading";

/** What holds the weakest layer down, with the way to it. */
export function CapReason({ overview, base }: { readonly overview: OverviewResponse; readonly base: string }): ReactNode {
  const weakest = overview.layers.find((score) => score.layer === overview.weakest);
  const holder = weakest === undefined ? null : toCapHolder(weakest);
  if (!weakest?.isCapped || weakest.raw === null || holder === null) return null;
  return (
    <>
      <PostureLink className="link" href={workloadFindings(base, `layer=${weakest.layer}&severity=${holder.reason}`)}>
        {capitalise(capHolderWords(holder))}
      </PostureLink>
      {`${capSentence(holder, weakest.cap, weakest.raw)} `}
    </>
  );
}
