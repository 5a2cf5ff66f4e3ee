import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SnapshotsPage } from "@/components/snapshots/snapshots-page";
import { PageProblem } from "@/components/shell/page-problem";
import { pageTitle } from "@/lib/http/page-title";
import { type PageSearch, readPage, readQuery } from "@/lib/http/read-page";
import { readerZone } from "@/lib/http/reader-zone";
import { AppError } from "@/lib/errors/app-error";
import { snapshotsPageQuery } from "@/lib/contracts/page-queries";
import { listSnapshots } from "@/lib/reads/list-snapshots";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  return pageTitle(cluster, searchParams, "Snapshots");
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await readPage(async () => {
    const query = await readQuery(searchParams, snapshotsPageQuery);
    const answer = await listSnapshots(cluster, query);
    if (query.before !== undefined && answer.snapshots.length === 0) throw new AppError("not-found", `There is no snapshot before ${query.before}.`);
    return answer;
  });
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <SnapshotsPage answer={result.value} cluster={cluster} base={base} zone={await readerZone()} />;
}
