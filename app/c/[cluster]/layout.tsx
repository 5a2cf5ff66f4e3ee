import type { ReactNode } from "react";
import { LiveScan } from "@/components/scan/live-scan";
import { AppShell } from "@/components/shell/app-shell";
import { BareProblem } from "@/components/shell/bare-problem";
import { UnknownCluster } from "@/components/shell/unknown-cluster";
import { findUnfilled } from "@/lib/demo/create-demo";
import { DEMO_DAYS } from "@/lib/demo/story";
import { readPage } from "@/lib/http/read-page";
import { getShell } from "@/lib/reads/get-shell";

export default async function ClusterLayout({
  params,
  children,
}: {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly children: ReactNode;
}): Promise<ReactNode> {
  const { cluster } = await params;
  const result = await readPage(() => getShell(cluster));
  // The status is set; Next's own "not found" would put the words for the tab away, too.
  if (!result.ok)
    return result.requestId === undefined ? (
      <UnknownCluster forgotten={result.isGone === true ? result.message.replace(/\.$/, "") : null} />
    ) : (
      <BareProblem problem={result} />
    );
  const { shell, scan, outdated, isDemo } = result.value;
  const name = shell.clusters.find((entry) => entry.slug === cluster)?.name ?? cluster;
  const shownSeq = shell.snapshots[0]?.seq ?? null;
  const unfilled = isDemo ? findUnfilled(shownSeq ?? 0) : null;
  const daysToFill = isDemo && unfilled === null && (shownSeq ?? 0) <= DEMO_DAYS ? DEMO_DAYS + 1 : null;
  return (
    <AppShell shell={shell} scan={<LiveScan {...{ cluster, name, outdated, shownSeq, unfilled, daysToFill }} initial={scan} />}>
      {children}
    </AppShell>
  );
}
