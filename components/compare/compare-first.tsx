import Link from "next/link";
import type { ReactNode } from "react";
import { PageHead } from "../primitives/page-head";
import { ScanNow } from "../scan/scan-now";
import { PostureLink } from "../shell/posture-link";

interface CompareFirstProps {
  /** Of the first snapshot. */
  readonly seq: number;
  /** There is no later one either. */
  readonly isOnly: boolean;
  readonly cluster: string;
}

const PROMISE = "This page shows what opened, what closed and why each score moved";

/** The page of a moment that nothing is before: what will stand here, and the way there. */
export function CompareFirst({ seq, isOnly, cluster }: CompareFirstProps): ReactNode {
  const base = `/c/${cluster}`;
  return (
    <>
      <PageHead
        answer={isOnly ? "There is only one snapshot yet" : `Snapshot ${seq} is the first: there is nothing earlier to compare with`}
        sub={isOnly ? `${PROMISE}, after the next scan.` : `${PROMISE}, for every later snapshot.`}
      />
      <p className="say-acts">
        {isOnly ? (
          <ScanNow cluster={cluster} kind="solid" />
        ) : (
          <Link className="ctl line" href={`${base}/compare`} prefetch={false}>
            Compare now with seven days before
          </Link>
        )}
        <PostureLink className="ctl line" href={base}>
          Go to the overview
        </PostureLink>
        <PostureLink className="ctl line" href={`${base}/snapshots`}>
          See the snapshots
        </PostureLink>
      </p>
    </>
  );
}
