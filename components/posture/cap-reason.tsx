import type { ReactNode } from "react";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { workloadFindings } from "@/lib/format/paths";
import { PostureLink } from "../shell/posture-link";
import { findCapReason } from "./find-cap-reason";

/** What holds the weakest layer down, with the way to it. */
export function CapReason({ overview, base }: { readonly overview: OverviewResponse; readonly base: string }): ReactNode {
  const reason = findCapReason(overview);
  if (reason === null) return null;
  return (
    <>
      <PostureLink className="link" href={workloadFindings(base, `layer=${reason.layer}&severity=${reason.severity}`)}>
        {reason.holder}
      </PostureLink>
      {`${reason.does} `}
    </>
  );
}
