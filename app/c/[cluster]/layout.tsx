import type { ReactNode } from "react";
import { LiveScan } from "@/components/scan/live-scan";
import { AppShell } from "@/components/shell/app-shell";
import { findUnfilled } from "@/lib/demo/create-demo";
import { readOrNotFound } from "@/lib/http/read-page";
import { getShell } from "@/lib/reads/get-shell";

export default async function ClusterLayout({
  params,
  children,
}: {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly children: ReactNode;
}): Promise<ReactNode> {
  const { cluster } = await params;
  const { shell, scan, isDemo } = await readOrNotFound(() => getShell(cluster));
  const name = shell.clusters.find((entry) => entry.slug === cluster)?.name ?? cluster;
  const shownSeq = shell.snapshots[0]?.seq ?? null;
  const unfilled = isDemo ? findUnfilled(shownSeq ?? 0) : null;
  return (
    <AppShell shell={shell} scan={<LiveScan cluster={cluster} name={name} initial={scan} shownSeq={shownSeq} unfilled={unfilled} />}>
      {children}
    </AppShell>
  );
}
