import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SnapshotsPage } from "@/components/snapshots/snapshots-page";
import { PageProblem } from "@/components/shell/page-problem";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { readerZone } from "@/lib/http/reader-zone";
import { AppError } from "@/lib/errors/app-error";
import { snapshotsPageQuery } from "@/lib/contracts/page-queries";
import { listSnapshots } from "@/lib/reads/list-snapshots";
import { snapshotsTitle } from "@/lib/format/source-titles";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, search) => {
  const query = await readQuery(search, snapshotsPageQuery);
  const answer = await listSnapshots(cluster, query);
  if (query.before !== undefined && answer.snapshots.length === 0) throw new AppError("not-found", `There is no snapshot before ${query.before}.`);
  return { ...answer, at: query.at ?? null };
});

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, "Snapshots", result.ok ? snapshotsTitle(result.value, await readerZone()) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <SnapshotsPage answer={result.value} at={result.value.at} cluster={cluster} base={base} zone={await readerZone()} />;
}
