"use client";
import { useEffect, useState } from "react";
import { type ScanProgress, scanProgressSchema } from "@/lib/contracts/clusters";

/** The scan of a cluster as it goes on; `initial` is what the server knew when it rendered the page. */
export function useScanEvents(cluster: string, initial: ScanProgress | null): ScanProgress | null {
  const [progress, setProgress] = useState(initial);
  useEffect(() => {
    const source = new EventSource(`/api/v1/clusters/${encodeURIComponent(cluster)}/scans/events`);
    source.addEventListener("progress", (event: MessageEvent<string>) => {
      const parsed = scanProgressSchema.safeParse(JSON.parse(event.data));
      if (parsed.success) setProgress(parsed.data);
    });
    return () => source.close();
  }, [cluster]);
  return progress;
}
