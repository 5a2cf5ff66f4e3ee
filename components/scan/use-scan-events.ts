"use client";
import { useEffect, useState } from "react";
import { clusterApiPath } from "@/lib/client/api-path";
import type { ScanProgress } from "@/lib/contracts/clusters";
import { isRecord } from "@/lib/model/json";

/** The server has sent it through its contract; checking again here would load the schema library on every page. */
function isScanProgress(value: unknown): value is ScanProgress {
  return isRecord(value) && typeof value.id === "string" && typeof value.state === "string";
}

/**
 * The scan of a cluster as it goes on, while somebody can see it; `initial` is what the server knew when it rendered the page. A browser keeps six
 * connections to a host: as many tabs in the background, each with a stream, would leave none for the seventh.
 */
export function useScanEvents(cluster: string, initial: ScanProgress | null): ScanProgress | null {
  const [progress, setProgress] = useState(initial);
  useEffect(() => {
    let source: EventSource | null = null;
    const take = (event: MessageEvent<string>): void => {
      const value: unknown = JSON.parse(event.data);
      if (isScanProgress(value)) setProgress(value);
    };
    const leave = (): void => {
      source?.close();
      source = null;
    };
    const follow = (): void => {
      if (document.visibilityState === "hidden") leave();
      else if (source === null) {
        source = new EventSource(`${clusterApiPath(cluster)}/scans/events`);
        source.addEventListener("progress", take);
      }
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      leave();
    };
  }, [cluster]);
  return progress;
}
