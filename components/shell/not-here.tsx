import Link from "next/link";
import type { ReactNode } from "react";
import { PageHead } from "../primitives/page-head";

interface NotHereProps {
  readonly answer?: string;
  readonly children?: ReactNode;
}

/** An address that leads nowhere. */
export function NotHere({ answer = "No page has this address", children }: NotHereProps): ReactNode {
  return (
    <>
      <PageHead
        answer={answer}
        sub={children ?? "A cluster, a finding or a control may have another name than the one in the address. Nothing was lost: snapshots never change."}
      />
      <p className="say-acts">
        <Link className="ctl line" href="/">
          Go to the overview
        </Link>
      </p>
    </>
  );
}
