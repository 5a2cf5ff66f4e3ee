import type { ReactNode } from "react";
import type { SettingsResponse } from "@/lib/contracts/settings";
import type { Moment } from "@/lib/contracts/words";
import { PostureLink } from "../shell/posture-link";

/** Said while the snapshot of the page was judged with other settings than those of the page, which are always those of now. */
export function AppliedNote({
  settings,
  moment,
  base,
}: {
  readonly settings: SettingsResponse;
  readonly moment: Moment | null;
  readonly base: string;
}): ReactNode {
  if (!moment?.at) return null;
  if (!moment.isNow)
    return (
      <p className="notice">
        <b>These are the current settings.</b>{" "}
        <PostureLink className="link" href={`${base}/controls?tuning=off,reweighted,own`}>
          What was changed when snapshot {moment.at.seq} was judged
        </PostureLink>
      </p>
    );
  if (settings.isApplied) return null;
  return (
    <p className="notice" role="status">
      <b>Snapshot {moment.at.seq} was judged with other settings.</b> The next scan uses those of this page; what was judged before stays as it was.
    </p>
  );
}
