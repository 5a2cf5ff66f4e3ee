import type { Metadata } from "next";
import type { ReactNode } from "react";
import { FindingsPage } from "@/components/findings/findings-page";
import { FirstScan } from "@/components/overview/first-scan";
import { PageProblem } from "@/components/shell/page-problem";
import { loadFindingsSearch, toFindingsQuery } from "@/lib/client/findings-search";
import { listFindingsQuery } from "@/lib/contracts/findings";
import { findingsPageQuery } from "@/lib/contracts/page-queries";
import { getCluster } from "@/lib/reads/list-clusters";
import { pageTitle } from "@/lib/http/page-title";
import { type PageSearch, readPage, readQuery } from "@/lib/http/read-page";
import { listFindings } from "@/lib/reads/list-findings";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  return pageTitle((await params).cluster, searchParams, "Findings");
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const query = toFindingsQuery(loadFindingsSearch(await searchParams));
  const result = await readPage(async () => {
    await readQuery(searchParams, findingsPageQuery);
    return listFindings(cluster, listFindingsQuery.parse(Object.fromEntries(new URLSearchParams(query))));
  });
  if (!result.ok) return <PageProblem problem={result} base={`/c/${cluster}`} />;
  if (!result.value.moment.at) return <FirstScan cluster={await getCluster(cluster)} />;
  return <FindingsPage cluster={cluster} initial={{ query, page: result.value }} />;
}
