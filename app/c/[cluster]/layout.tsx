import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { LiveScan } from "@/components/scan/live-scan";
import { AppShell } from "@/components/shell/app-shell";
import { AppError } from "@/lib/errors/app-error";
import { getShell } from "@/lib/reads/get-shell";

async function loadShell(cluster: string) {
  try {
    return await getShell(cluster);
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}

export default async function ClusterLayout({
  params,
  children,
}: {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly children: ReactNode;
}): Promise<ReactNode> {
  const { cluster } = await params;
  const { shell, scan } = await loadShell(cluster);
  const name = shell.clusters.find((entry) => entry.slug === cluster)?.name ?? cluster;
  return (
    <AppShell shell={shell} scan={<LiveScan cluster={cluster} name={name} initial={scan} shownSeq={shell.snapshots[0]?.seq ?? null} />}>
      {children}
    </AppShell>
  );
}
