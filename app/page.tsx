import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { StartPage } from "@/components/start/start-page";
import { listClusters } from "@/lib/reads/list-clusters";

export default async function Page(): Promise<ReactNode> {
  const { clusters, kubeconfig } = await listClusters();
  const first = clusters[0];
  if (first) redirect(`/c/${first.slug}`);
  return <StartPage kubeconfig={kubeconfig} />;
}
