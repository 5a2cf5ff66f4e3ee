import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SettingsPage } from "@/components/settings/settings-page";
import { PageProblem } from "@/components/shell/page-problem";
import { pageTitle } from "@/lib/http/page-title";
import { type PageSearch, readPage } from "@/lib/http/read-page";
import { getCluster } from "@/lib/reads/list-clusters";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  return pageTitle(cluster, searchParams, "Settings");
}

export default async function Page({ params }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await readPage(async () => getCluster(cluster));
  if (!result.ok) return <PageProblem message={result.message} base={base} />;
  return <SettingsPage cluster={result.value} base={base} />;
}
