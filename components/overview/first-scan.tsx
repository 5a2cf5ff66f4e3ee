"use client";
import type { ReactNode } from "react";
import { Message } from "../primitives/message";
import { PageHead } from "../primitives/page-head";
import { ScanNow } from "../scan/scan-now";
import { useClusterName } from "../shell/cluster-name";

export interface FirstScanProps {
  readonly cluster: string;
  /** Its progress stands above the page, which shows the posture by itself at the end. */
  readonly isScanning: boolean;
}

const PROMISE = "Concentric reads what its account may list, and never Secrets. It writes nothing to the cluster.";

/** A cluster that is known but has no snapshot. */
export function FirstScan({ cluster, isScanning }: FirstScanProps): ReactNode {
  const name = useClusterName();
  if (isScanning) {
    return (
      <>
        <PageHead answer={`The first scan of ${name} is running`} />
        <Message say="Its posture appears here when it is done">{PROMISE}</Message>
      </>
    );
  }
  return (
    <>
      <PageHead answer={`${name} has no snapshot yet`} />
      <Message say="Its posture appears here after the first scan" actions={<ScanNow cluster={cluster} kind="solid" />}>
        {PROMISE}
      </Message>
    </>
  );
}
