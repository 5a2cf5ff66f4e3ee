import type { ReactNode } from "react";
import { LiveScan } from "@/components/scan/live-scan";
import { AppShell } from "@/components/shell/app-shell";
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
  const { shell, scan } = await readOrNotFound(() => getShell(cluster));
  const name = shell.clusters.find((entry) => entry.slug === cluster)?.name ?? cluster;
  return (
    <AppShell shell={shell} scan={<LiveScan cluster={cluster} name={name} initial={scan} shownSeq={shell.snapshots[0]?.seq ?? null} />}>
      {children}
    </AppShell>
  );
}
