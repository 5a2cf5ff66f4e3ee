import type { Metadata } from "next";
import type { ReactNode } from "react";
import { controlsAnswer, ControlsPage } from "@/components/controls/controls-page";
import { PageProblem } from "@/components/shell/page-problem";
import { controlsPageQuery } from "@/lib/contracts/page-queries";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { listControls } from "@/lib/reads/list-controls";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, search) => listControls(cluster, await readQuery(search, controlsPageQuery)));

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, "Controls", result.ok ? controlsAnswer(result.value) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <ControlsPage answer={result.value} search={await searchParams} base={base} />;
}
