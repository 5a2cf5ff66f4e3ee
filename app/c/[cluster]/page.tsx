import type { Metadata } from "next";
import type { ReactNode } from "react";
import { FirstScan } from "@/components/overview/first-scan";
import { OverviewPage } from "@/components/overview/overview-page";
import { PageProblem } from "@/components/shell/page-problem";
import { momentQuerySchema } from "@/lib/contracts/words";
import { pageTitle } from "@/lib/http/page-title";
import { type PageSearch, readQuery, readPage } from "@/lib/http/read-page";
import { readerZone } from "@/lib/http/reader-zone";
import { getOverview } from "@/lib/reads/get-overview";
import { getCluster } from "@/lib/reads/list-clusters";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  return pageTitle((await params).cluster, searchParams, "Overview");
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await readPage(async () => getOverview(cluster, await readQuery(searchParams, momentQuerySchema)));
  // Without parameters this page is the overview, which is offered anyway.
  if (!result.ok) return <PageProblem problem={{ ...result, isBadQuery: false }} base={base} />;
  if (!result.value.moment.at) return <FirstScan cluster={await getCluster(cluster)} />;
  return <OverviewPage overview={result.value} base={base} zone={await readerZone()} />;
}
