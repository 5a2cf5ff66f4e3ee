import type { ReactNode } from "react";
import { Message } from "../primitives/message";
import { PostureLink } from "../shell/posture-link";

/** Why nobody can tell, the one action that helps, and where to see what was read. */
export function NotAssessedMessage({
  notAssessed,
  base,
  say = "Unknown in this snapshot",
}: {
  readonly notAssessed: { readonly reason: string; readonly action: string | null };
  readonly base: string;
  readonly say?: string;
}): ReactNode {
  return (
    <div className="sec">
      <Message
        kind="not-assessed"
        say={say}
        actions={
          <PostureLink className="ctl line" href={`${base}/sources`}>
            See what was read
          </PostureLink>
        }
      >
        {notAssessed.reason}
        {notAssessed.action === null ? null : <p className="say-do">{notAssessed.action}</p>}
      </Message>
    </div>
  );
}
