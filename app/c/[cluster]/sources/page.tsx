import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SourcesPage } from "@/components/sources/sources-page";
import { PageProblem } from "@/components/shell/page-problem";
import { sourcesPageQuery } from "@/lib/contracts/page-queries";
import { pageTitle } from "@/lib/http/page-title";
import { type PageSearch, readQuery, readPage } from "@/lib/http/read-page";
import { getSources } from "@/lib/reads/get-sources";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  return pageTitle(cluster, searchParams, "Sources");
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await readPage(async () => getSources(cluster, await readQuery(searchParams, sourcesPageQuery)));
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <SourcesPage sources={result.value} view={(await searchParams).view} base={base} />;
}
