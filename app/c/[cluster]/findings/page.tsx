import type { Metadata } from "next";
import type { ReactNode } from "react";
import { FindingsPage } from "@/components/findings/findings-page";
import { FirstScan } from "@/components/overview/first-scan";
import { PageProblem } from "@/components/shell/page-problem";
import { type FindingsSearch, loadFindingsSearch, toFindingsQuery } from "@/lib/client/findings-search";
import { type ListFindingsResponse, listFindingsQuery } from "@/lib/contracts/findings";
import { findingsPageQuery } from "@/lib/contracts/page-queries";
import { getCluster } from "@/lib/reads/list-clusters";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { listFindings } from "@/lib/reads/list-findings";
import { toFindingsView } from "@/components/findings/to-findings-view";
import { findingsViewTitle } from "@/lib/format/findings-titles";
import { formatDay } from "@/lib/format/instant";
import { readerZone } from "@/lib/http/reader-zone";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, asked) => {
  await readQuery(asked, findingsPageQuery);
  const search = loadFindingsSearch(await asked);
  const query = toFindingsQuery(search);
  return { search, query, page: await listFindings(cluster, listFindingsQuery.parse(Object.fromEntries(new URLSearchParams(query)))) };
});

async function answerOf({ page, search }: { readonly page: ListFindingsResponse; readonly search: FindingsSearch }): Promise<string | null> {
  const { at, since } = page.moment;
  if (!at) return null;
  return findingsViewTitle(toFindingsView(page, search, since === null ? null : formatDay(new Date(since.takenAt), await readerZone())));
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, "Findings", result.ok ? await answerOf(result.value) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={`/c/${cluster}`} />;
  const { query, page } = result.value;
  if (!page.moment.at) return <FirstScan cluster={await getCluster(cluster)} />;
  return <FindingsPage cluster={cluster} initial={{ query, page }} />;
}
