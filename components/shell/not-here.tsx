import Link from "next/link";
import type { ReactNode } from "react";
import { Message } from "../primitives/message";
import { PageHead } from "../primitives/page-head";

/** An address that leads nowhere. */
export function NotHere(): ReactNode {
  return (
    <>
      <PageHead answer="This is not here" />
      <Message
        say="No page has this address"
        actions={
          <Link className="ctl line" href="/">
            Go to the overview
          </Link>
        }
      >
        A cluster, a finding or a control may have another name than the address says. Nothing was lost: snapshots are never changed after they were taken.
      </Message>
    </>
  );
}
