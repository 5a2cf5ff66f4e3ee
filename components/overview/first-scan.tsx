"use client";
import type { ReactNode } from "react";
import { Button } from "../primitives/button";
import { Message } from "../primitives/message";
import { PageHead } from "../primitives/page-head";

/** A cluster that is known but was never scanned. */
export function FirstScan({ cluster, name }: { readonly cluster: string; readonly name: string }): ReactNode {
  const scan = (): void => void fetch(`/api/v1/clusters/${encodeURIComponent(cluster)}/scans`, { method: "POST" });
  return (
    <>
      <PageHead answer={`${name} has no snapshot yet`} />
      <Message
        say="Its posture appears here after the first scan"
        actions={
          <Button kind="solid" onClick={scan}>
            Scan now
          </Button>
        }
      >
        Concentric reads what its account may list, and never Secrets. It writes nothing to the cluster.
      </Message>
    </>
  );
}
