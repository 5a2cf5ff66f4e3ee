"use client";
import { useEffect, useState } from "react";
import { clusterApiPath } from "@/lib/client/api-path";
import type { ScanProgress } from "@/lib/contracts/clusters";
import { isRecord } from "@/lib/model/json";

/** The server has sent it through its contract; checking again here would load the schema library on every page. */
function isScanProgress(value: unknown): value is ScanProgress {
  return isRecord(value) && typeof value.id === "string" && typeof value.state === "string";
}

/** The scan of a cluster as it goes on; `initial` is what the server knew when it rendered the page. */
export function useScanEvents(cluster: string, initial: ScanProgress | null): ScanProgress | null {
  const [progress, setProgress] = useState(initial);
  useEffect(() => {
    const source = new EventSource(`${clusterApiPath(cluster)}/scans/events`);
    source.addEventListener("progress", (event: MessageEvent<string>) => {
      const value: unknown = JSON.parse(event.data);
      if (isScanProgress(value)) setProgress(value);
    });
    return () => source.close();
  }, [cluster]);
  return progress;
}
