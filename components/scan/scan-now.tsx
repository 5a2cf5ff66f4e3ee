"use client";
import type { ReactNode } from "react";
import { clusterApiPath } from "@/lib/client/api-path";
import { useChange } from "@/lib/client/use-change";
import { Button } from "../primitives/button";

/** Starts a scan; the live bar above the page shows how it goes. */
export function ScanNow({ cluster, kind = "line" }: { readonly cluster: string; readonly kind?: "line" | "solid" }): ReactNode {
  const { isAsking, problem, ask } = useChange();
  return (
    <>
      <Button kind={kind} disabled={isAsking} onClick={() => void ask({ path: `${clusterApiPath(cluster)}/scans`, method: "POST" })}>
        {isAsking ? "Asking…" : "Scan now"}
      </Button>
      {problem === null ? null : (
        <span role="alert" className="cap">
          {problem}
        </span>
      )}
    </>
  );
}
