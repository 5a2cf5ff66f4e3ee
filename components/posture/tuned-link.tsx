import type { ReactNode } from "react";
import type { TunedCounts } from "@/lib/contracts/tuning";
import { tunedWords } from "@/lib/format/tuning-words";
import { PostureLink } from "../shell/posture-link";

/** "2 controls are off." with a link to them; nothing when all are as they come. */
export function TunedLink({ tuned, base }: { readonly tuned: TunedCounts; readonly base: string }): ReactNode {
  const words = tunedWords(tuned);
  if (words === "") return null;
  return (
    <>
      {" "}
      <PostureLink className="link" href={`${base}/controls?tuning=off,reweighted,own`}>
        {words}
      </PostureLink>
      .
    </>
  );
}
