import type { Metadata } from "next";
import type { ReactNode } from "react";
import { OwnControlPage } from "@/components/own-control/own-control-page";
import { PageProblem } from "@/components/shell/page-problem";
import { momentQuerySchema } from "@/lib/contracts/words";
import { pageTitle } from "@/lib/http/page-title";
import { type PageSearch, readPage, readQuery } from "@/lib/http/read-page";
import { getOwnControl } from "@/lib/reads/get-own-control";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  return pageTitle(cluster, searchParams, "New control", null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await readPage(async () => {
    await readQuery(searchParams, momentQuerySchema);
    return getOwnControl(cluster, null);
  });
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <OwnControlPage {...result.value} cluster={cluster} base={base} />;
}
