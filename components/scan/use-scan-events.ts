"use client";
import { useEffect, useState } from "react";
import { apiCall } from "@/lib/client/api-call";
import { clusterApiPath } from "@/lib/client/api-path";
import { RequestError } from "@/lib/client/request-error";
import type { ScanProgress } from "@/lib/contracts/clusters";
import { isRecord } from "@/lib/model/json";

/** The server has sent it through its contract; checking again here would load the schema library on every page. */
function isScanProgress(value: unknown): value is ScanProgress {
  return isRecord(value) && typeof value.id === "string" && typeof value.state === "string";
}

/**
 * The scan of a cluster as it goes on, while somebody can see it; `initial` is what the server knew when it rendered the page. A browser keeps six
 * connections to a host: as many tabs in the background, each with a stream, would leave none for the seventh. `onForgotten` is called, perhaps again,
 * where the cluster is no more, and must stay the same function.
 */
export function useScanEvents(cluster: string, initial: ScanProgress | null, onForgotten: () => void): ScanProgress | null {
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
    // A stream that the browser does not ask for again was refused: only the API says why.
    const askWhy = (): void => {
      if (source?.readyState !== EventSource.CLOSED) return;
      apiCall({ path: clusterApiPath(cluster) }).catch((error: unknown) => {
        if (error instanceof RequestError && error.code === "gone") onForgotten();
      });
    };
    const follow = (): void => {
      if (document.visibilityState === "hidden") leave();
      else if (source === null) {
        source = new EventSource(`${clusterApiPath(cluster)}/scans/events`);
        source.addEventListener("progress", take);
        source.addEventListener("error", askWhy);
      }
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      leave();
    };
  }, [cluster, onForgotten]);
  return progress;
}
