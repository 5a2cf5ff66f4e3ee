import type { Metadata } from "next";
import type { ReactNode } from "react";
import { sourcesAnswer, SourcesPage } from "@/components/sources/sources-page";
import { PageProblem } from "@/components/shell/page-problem";
import { sourcesPageQuery } from "@/lib/contracts/page-queries";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { getSources } from "@/lib/reads/get-sources";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, search) => getSources(cluster, await readQuery(search, sourcesPageQuery)));

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, "Sources", result.ok ? sourcesAnswer(result.value) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <SourcesPage sources={result.value} view={(await searchParams).view} base={base} />;
}
