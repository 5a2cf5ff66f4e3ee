import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ComparePage } from "@/components/compare/compare-page";
import { PageProblem } from "@/components/shell/page-problem";
import { comparePageQuery } from "@/lib/contracts/page-queries";
import { pageTitle } from "@/lib/http/page-title";
import { type PageSearch, readQuery, readPage } from "@/lib/http/read-page";
import { getCompare } from "@/lib/reads/get-compare";
import { listSnapshots } from "@/lib/reads/list-snapshots";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  return pageTitle(cluster, searchParams, "Compare");
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await readPage(async () => ({
    compare: await getCompare(cluster, await readQuery(searchParams, comparePageQuery)),
    ...(await listSnapshots(cluster, { limit: 120 })),
  }));
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <ComparePage compare={result.value.compare} snapshots={result.value.snapshots} search={await searchParams} base={base} />;
}
