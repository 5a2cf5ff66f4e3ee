import type { ReactNode } from "react";
import { Message } from "../primitives/message";
import { PageHead } from "../primitives/page-head";
import { PostureLink } from "./posture-link";

/** A page whose address asks for something that does not exist: one sentence, and the way on. */
export function PageProblem({ message, base }: { readonly message: string; readonly base: string }): ReactNode {
  return (
    <>
      <PageHead answer="This is not here" />
      <Message
        say={message.replace(/\.$/, "")}
        actions={
          <>
            <a className="ctl line" href={base}>
              Go to the overview
            </a>
            <PostureLink className="ctl line" href={`${base}/snapshots`}>
              See the snapshots
            </PostureLink>
          </>
        }
      >
        Nothing was lost: snapshots are never changed after they were taken.
      </Message>
    </>
  );
}
