"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "../primitives/button";

/** Starts a scan; the live bar above the page shows how it goes. */
export function ScanNow({ cluster, kind = "line" }: { readonly cluster: string; readonly kind?: "line" | "solid" }): ReactNode {
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const scan = async (): Promise<void> => {
    setIsAsking(true);
    setProblem(await startScan(cluster));
    setIsAsking(false);
    router.refresh();
  };
  return (
    <>
      <Button kind={kind} disabled={isAsking} onClick={() => void scan()}>
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

/** Null = it was asked for; else what stood in the way. */
async function startScan(cluster: string): Promise<string | null> {
  try {
    const response = await fetch(`/api/v1/clusters/${encodeURIComponent(cluster)}/scans`, { method: "POST" });
    if (response.ok) return null;
    const { message } = (await response.json()) as { message?: string }; // safe: only shown, and only when it is there
    return message ?? `The scan was refused (${response.status}).`;
  } catch {
    return "The server did not answer; is it still running?";
  }
}
