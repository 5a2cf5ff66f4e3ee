import type { Metadata } from "next";
import type { ReactNode } from "react";
import { podSecurityAnswer, PodSecurityPage } from "@/components/pod-security/pod-security-page";
import { PageProblem } from "@/components/shell/page-problem";
import { listPodSecurityQuery } from "@/lib/contracts/pod-security";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { listPodSecurity } from "@/lib/reads/pod-security";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, search) => {
  const query = await readQuery(search, listPodSecurityQuery);
  return { answer: await listPodSecurity(cluster, query), show: query.show ?? ("all" as const) };
});

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, "Pod Security", result.ok ? podSecurityAnswer(result.value.answer) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <PodSecurityPage {...result.value} base={base} />;
}
