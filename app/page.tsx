import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { BareProblem } from "@/components/shell/bare-problem";
import { StartPage } from "@/components/start/start-page";
import { readPage } from "@/lib/http/read-page";
import { findFirst } from "@/lib/reads/list-clusters";

export default async function Page(): Promise<ReactNode> {
  const result = await readPage(findFirst);
  if (!result.ok) return <BareProblem problem={result} />;
  const { slug, kubeconfig } = result.value;
  if (slug !== null) redirect(`/c/${slug}`);
  return <StartPage kubeconfig={kubeconfig} />;
}
