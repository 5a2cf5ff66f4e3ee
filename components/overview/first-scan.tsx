import type { ReactNode } from "react";
import type { ClusterDto } from "@/lib/contracts/clusters";
import { clusterWords } from "@/lib/format/cluster-words";
import { Message } from "../primitives/message";
import { PageHead } from "../primitives/page-head";
import { ScanNow } from "../scan/scan-now";

const PROMISE = "Concentric reads what its account may list, and never Secrets. It writes nothing to the cluster.";

/** A cluster that is known but has no snapshot: its first scan runs, was cancelled, failed, or was never asked for. */
export function FirstScan({ cluster }: { readonly cluster: ClusterDto }): ReactNode {
  const name = clusterWords(cluster);
  const { slug, scan } = cluster;
  if (scan?.state === "running" || scan?.state === "queued") {
    return (
      <>
        <PageHead answer={`The first scan of ${name} ${scan.state === "queued" ? "waits for other scans" : "is running"}`} />
        <Message say="Its posture appears here when it is done">{PROMISE}</Message>
      </>
    );
  }
  if (scan?.state === "failed") {
    // The bar above has the reason and the way to scan again.
    return (
      <>
        <PageHead answer={`The first scan of ${name} failed`} />
        <Message say="There is no snapshot yet, so there is nothing to show">{`The line above says why. Fix that, then scan again. ${PROMISE}`}</Message>
      </>
    );
  }
  const answer = scan?.state === "cancelled" ? `The first scan of ${name} was cancelled` : `${name} has no snapshot yet`;
  return (
    <>
      <PageHead answer={answer} />
      <Message
        say="Its posture appears here after the first whole scan"
        actions={
          <span className="first-scan">
            <ScanNow cluster={slug} kind="solid" />
          </span>
        }
      >
        {scan?.state === "cancelled" ? `Nothing of it was kept. ${PROMISE}` : PROMISE}
      </Message>
    </>
  );
}
