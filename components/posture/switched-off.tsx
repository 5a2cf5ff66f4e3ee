import type { ReactNode } from "react";
import type { GapDto } from "@/lib/contracts/overview";
import { switchedOffSentence } from "@/lib/format/opt-in-words";
import { PostureLink } from "../shell/posture-link";

/** What nobody switched on is no gap: the controls that wait for it are out of scope, and said to be. */
export function SwitchedOff({ sources, base }: { readonly sources: readonly GapDto[]; readonly base: string }): ReactNode {
  if (sources.length === 0) return null;
  return (
    <p className="cap switched-off">
      {`${switchedOffSentence(sources)}. A source that is off by choice is out of scope: neither a pass nor a gap. `}
      <PostureLink className="link no-print" href={`${base}/settings#opt-in`}>
        Switch on in Settings
      </PostureLink>
    </p>
  );
}
