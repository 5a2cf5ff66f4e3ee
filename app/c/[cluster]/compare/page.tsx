import { framed, tellFirstScan } from "@/app/cluster-page";
import type { Metadata } from "next";
import type { ComponentProps, ReactNode } from "react";
import { CompareFirst } from "@/components/compare/compare-first";
import { compareAnswer, ComparePage } from "@/components/compare/compare-page";
import { PageProblem } from "@/components/shell/page-problem";
import { parseMoment } from "@/components/shell/posture-search";
import { comparePageQuery } from "@/lib/contracts/page-queries";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readForTab, readPage, readQuery } from "@/lib/http/read-page";
import { readerZone } from "@/lib/http/reader-zone";
import { getCompareOrFirst } from "@/lib/reads/get-compare";
import { listSnapshots } from "@/lib/reads/list-snapshots";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, search) => {
  const compare = await getCompareOrFirst(cluster, await readQuery(search, comparePageQuery));
  return { compare, ...(await listSnapshots(cluster, { limit: 120 })) };
});

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await readForTab(read(params, searchParams));
  return pageTitle(cluster, searchParams, "Compare", result.ok && !("first" in result.value.compare) ? compareAnswer(result.value.compare) : null);
}

/**
 * The way on from two moments that cannot be compared, to ones that there are: in their order where they came backwards, else with the moment before
 * that is the default.
 */
async function wayOn(cluster: string, searchParams: PageSearch, base: string): Promise<Pick<ComponentProps<typeof PageProblem>, "list">> {
  const { at, since } = parseMoment(new URLSearchParams(Object.entries(await searchParams).map(([name, value]) => [name, String(value)])));
  if (at === null && since === null) return {};
  const found = await readPage(() => listSnapshots(cluster, { limit: 1 }));
  const newest = found.ok ? found.value.snapshots[0] : undefined;
  if (newest === undefined || newest.seq === 1) return {};
  if (at !== null && since !== null && since > at && since <= newest.seq)
    return { list: { href: `${base}/compare?at=${since}&since=${at}`, label: `Compare snapshot ${at} with the later ${since}` } };
  const isAtKept = at !== null && at > 1 && at <= newest.seq && since !== null;
  return { list: { href: `${base}/compare${isAtKept ? `?at=${at}` : ""}`, label: `Compare ${isAtKept ? `snapshot ${at}` : "now"} with seven days before` } };
}

export default framed(async ({ params, searchParams }: Props): Promise<ReactNode> => {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return (await tellFirstScan(cluster, result)) ?? <PageProblem problem={result} base={base} {...(await wayOn(cluster, searchParams, base))} />;
  const { compare, snapshots } = result.value;
  if ("first" in compare) return <CompareFirst seq={compare.first.seq} isOnly={compare.isNow} cluster={cluster} />;
  return <ComparePage compare={compare} snapshots={snapshots} search={await searchParams} base={base} zone={await readerZone()} />;
});
