import type { ReactNode } from "react";
import { PageHead } from "../primitives/page-head";
import { PostureLink } from "./posture-link";

/** A page whose address asks for something that does not exist: one sentence, and the way on. */
export function PageProblem({ message, base }: { readonly message: string; readonly base: string }): ReactNode {
  return (
    <>
      <PageHead answer={message.replace(/\.$/, "")} sub="Nothing was lost: snapshots are never changed after they were taken." />
      <p className="say-acts">
        <a className="ctl line" href={base}>
          Go to the overview
        </a>
        <PostureLink className="ctl line" href={`${base}/snapshots`}>
          See the snapshots
        </PostureLink>
      </p>
    </>
  );
}
