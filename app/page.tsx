import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { BareProblem } from "@/components/shell/bare-problem";
import { StartPage } from "@/components/start/start-page";
import { readPage } from "@/lib/http/read-page";
import { listClusters } from "@/lib/reads/list-clusters";

export default async function Page(): Promise<ReactNode> {
  const result = await readPage(listClusters);
  if (!result.ok) return <BareProblem problem={result} />;
  const { clusters, kubeconfig } = result.value;
  const first = clusters[0];
  if (first) redirect(`/c/${first.slug}`);
  return <StartPage kubeconfig={kubeconfig} />;
}
