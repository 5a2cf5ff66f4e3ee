"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import type { ListClustersResponse } from "@/lib/contracts/clusters";
import { BrandMark } from "../charts/brand-mark";
import { Button } from "../primitives/button";

const LOOK_AGAIN_MS = 2_000;

async function makeDemo(): Promise<{ readonly slug: string } | { readonly problem: string }> {
  const response = await fetch("/api/v1/demo", { method: "POST" });
  const body: unknown = await response.json();
  if (response.ok) return body as { slug: string }; // safe: the endpoint's contract
  return { problem: (body as { message?: string }).message ?? "The demo could not be made." };
}

function readingWords({ context, server, isForgotten }: ListClustersResponse["kubeconfig"]): string {
  if (isForgotten) return `${context ?? "This cluster"} was forgotten: only a new start of Concentric reads it again, as a cluster without a history.`;
  return context === null ? "Looking for a kubeconfig…" : `Reading ${context} at ${server ?? "its API server"}.`;
}

/** The first page of a new installation: which cluster is read, and the demo. */
export function StartPage({ kubeconfig }: { readonly kubeconfig: ListClustersResponse["kubeconfig"] }): ReactNode {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [router]);
  const demo = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const made = await makeDemo().catch(() => ({ problem: "The server did not answer; is it still running?" }));
    if ("slug" in made) router.push(`/c/${made.slug}`);
    else setProblem(made.problem);
    setBusy("slug" in made);
  };
  return (
    <main className="start" id="page">
      <BrandMark size={40} />
      <h1 className="answer">Concentric</h1>
      <p className="sub">Kubernetes security posture in four rings: cloud, cluster, container, code.</p>
      <h2 className="sec-t">Your cluster</h2>
      {kubeconfig.problem === null ? (
        <p>{readingWords(kubeconfig)}</p>
      ) : (
        <>
          <p className="say">{kubeconfig.problem}</p>
          <p>To check it, run this on the same machine; it should name the address of the cluster:</p>
          <pre className="pre" tabIndex={0}>
            kubectl cluster-info
          </pre>
          <p>Concentric tries again at least once a minute, and this page continues by itself. Only a new value of KUBECONFIG needs a restart.</p>
        </>
      )}
      <h2 className="sec-t">Or look around first</h2>
      <p>
        The demo is a made-up cluster with 90 days of history: six teams, a hardening push, a regression, and a week in which something could not be read. It
        goes through the same reading, judging and storing as a real one, and is marked “demo” everywhere.
      </p>
      <p className="acts">
        <Button kind="solid" disabled={busy} onClick={() => void demo()}>
          {busy ? "Making the demo…" : "Make the demo cluster"}
        </Button>
      </p>
      {problem ? <p role="alert">{problem}</p> : null}
    </main>
  );
}
