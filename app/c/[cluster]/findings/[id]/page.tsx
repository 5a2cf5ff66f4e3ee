import { framed } from "@/app/cluster-page";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { FindingPage } from "@/components/finding/finding-page";
import { PageProblem } from "@/components/shell/page-problem";
import { findingLines } from "@/components/social/finding-lines";
import { momentQuerySchema } from "@/lib/contracts/words";
import { findingTitle } from "@/lib/format/finding-titles";
import { askedMoment } from "@/lib/http/asked-moment";
import { showHidden } from "@/lib/format/show-hidden";
import { inCluster, pageTitle } from "@/lib/http/page-title";
import { readEncoded } from "@/lib/format/read-encoded";
import { pageRead, type PageSearch, readForTab, readQuery } from "@/lib/http/read-page";
import { readerZone } from "@/lib/http/reader-zone";
import { getFinding } from "@/lib/reads/get-finding";

interface Props {
  readonly params: Promise<{ readonly cluster: string; readonly id: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster, id }: Awaited<Props["params"]>, search) =>
  getFinding(cluster, readEncoded(id), await readQuery(search, momentQuerySchema)),
);

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster, id } = await params;
  const result = await readForTab(read(params, searchParams));
  if (!result.ok) return { title: (await inCluster(cluster, id)).title };
  const says = findingTitle(result.value);
  const shared = await pageTitle(
    cluster,
    searchParams,
    result.value.id,
    { says, more: findingLines(result.value).join(" ") },
    { page: `/c/${encodeURIComponent(cluster)}/findings/${result.value.id}`, alt: "What fails, how bad it is, and how the cluster stands" },
  );
  return { ...shared, title: `${showHidden(says)} · ${String(shared.title)}` };
}

export default framed(async ({ params, searchParams }: Props): Promise<ReactNode> => {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) {
    const moment = await askedMoment(cluster, searchParams);
    return <PageProblem problem={result} {...{ base, moment }} list={{ href: `${base}/findings`, label: "See the findings" }} />;
  }
  return <FindingPage finding={result.value} cluster={cluster} base={base} zone={await readerZone()} />;
});
