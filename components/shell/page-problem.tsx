import type { ReactNode } from "react";
import { PageHead } from "../primitives/page-head";

interface PageProblemProps {
  readonly message: string;
  readonly base: string;
  /** Where to look for what the address names. */
  readonly list?: { readonly href: string; readonly label: string };
}

/** A page whose address asks for something that does not exist: one sentence, and the way on. The moment may be what is wrong, so it is left behind. */
export function PageProblem({ message, base, list }: PageProblemProps): ReactNode {
  return (
    <>
      <PageHead answer={message.replace(/\.$/, "")} sub="Nothing was lost: snapshots are never changed after they were taken." />
      <p className="say-acts">
        <a className="ctl line" href={base}>
          Go to the overview
        </a>
        {list === undefined ? null : (
          <a className="ctl line" href={list.href}>
            {list.label}
          </a>
        )}
        <a className="ctl line" href={`${base}/snapshots`}>
          See the snapshots
        </a>
      </p>
    </>
  );
}
