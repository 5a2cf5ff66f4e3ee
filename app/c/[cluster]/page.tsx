import { framed, showFirstScan } from "@/app/cluster-page";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { OverviewPage } from "@/components/overview/overview-page";
import { PageProblem } from "@/components/shell/page-problem";
import { momentQuerySchema } from "@/lib/contracts/words";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readForTab, readQuery } from "@/lib/http/read-page";
import { readerZone } from "@/lib/http/reader-zone";
import { getOverview } from "@/lib/reads/get-overview";
import { overviewAnswer } from "@/components/posture/overview-answer";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, search) => getOverview(cluster, await readQuery(search, momentQuerySchema)));

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await readForTab(read(params, searchParams));
  return pageTitle(cluster, searchParams, "Overview", result.ok ? overviewAnswer(result.value, await readerZone()) : null);
}

export default framed(async ({ params, searchParams }: Props): Promise<ReactNode> => {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  // Without parameters this page is the overview, which is offered anyway.
  if (!result.ok) return <PageProblem problem={{ ...result, isBadQuery: false }} base={base} />;
  if (!result.value.moment.at) return showFirstScan(cluster);
  return <OverviewPage overview={result.value} base={base} zone={await readerZone()} />;
});
