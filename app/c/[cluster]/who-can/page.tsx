import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PageProblem } from "@/components/shell/page-problem";
import { whoCanAnswer, WhoCanPage } from "@/components/who-can/who-can-page";
import { whoCanQuery } from "@/lib/contracts/who-can";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { whoCan } from "@/lib/reads/who-can";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, search) => whoCan(cluster, await readQuery(search, whoCanQuery)));

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, "Who can", result.ok ? whoCanAnswer(result.value) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <WhoCanPage answer={result.value} base={base} />;
}
