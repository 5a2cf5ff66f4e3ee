import type { Metadata } from "next";
import type { ComponentProps, ReactNode } from "react";
import { ComparePage } from "@/components/compare/compare-page";
import { PageProblem } from "@/components/shell/page-problem";
import { parseMoment } from "@/components/shell/posture-search";
import { comparePageQuery } from "@/lib/contracts/page-queries";
import { pageTitle } from "@/lib/http/page-title";
import { type PageSearch, readQuery, readPage } from "@/lib/http/read-page";
import { readerZone } from "@/lib/http/reader-zone";
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

/** The way on from two moments that cannot be compared: in their order where they came backwards, else with the moment before that is the default. */
async function wayOn(searchParams: PageSearch, base: string): Promise<Pick<ComponentProps<typeof PageProblem>, "list">> {
  const { at, since } = parseMoment(new URLSearchParams(Object.entries(await searchParams).map(([name, value]) => [name, String(value)])));
  if (since === null) return {};
  if (at !== null && since > at) return { list: { href: `${base}/compare?at=${since}&since=${at}`, label: `Compare snapshot ${at} with the later ${since}` } };
  return { list: { href: `${base}/compare${at === null ? "" : `?at=${at}`}`, label: "Compare with seven days before" } };
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await readPage(async () => ({
    compare: await getCompare(cluster, await readQuery(searchParams, comparePageQuery)),
    ...(await listSnapshots(cluster, { limit: 120 })),
  }));
  if (!result.ok) return <PageProblem problem={result} base={base} {...(await wayOn(searchParams, base))} />;
  return <ComparePage compare={result.value.compare} snapshots={result.value.snapshots} search={await searchParams} base={base} zone={await readerZone()} />;
}
