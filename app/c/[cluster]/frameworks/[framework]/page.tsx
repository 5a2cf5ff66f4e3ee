import type { Metadata } from "next";
import type { ReactNode } from "react";
import { frameworkAnswer, FrameworkPage } from "@/components/framework/framework-page";
import { PageProblem } from "@/components/shell/page-problem";
import { frameworkPageQuery } from "@/lib/contracts/page-queries";
import { findFrameworkKey, FRAMEWORKS } from "@/lib/frameworks/frameworks";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { getFramework } from "@/lib/reads/list-frameworks";

interface Props {
  readonly params: Promise<{ readonly cluster: string; readonly framework: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster, framework }: Awaited<Props["params"]>, search) => {
  const query = await readQuery(search, frameworkPageQuery);
  return {
    answer: await getFramework(cluster, framework, query),
    shown: { state: query.state?.[0] ?? null, view: query.view === "list" ? ("list" as const) : null },
  };
});

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster, framework } = await params;
  const key = findFrameworkKey(framework);
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, key ? FRAMEWORKS[key].name : "Frameworks", result.ok ? frameworkAnswer(result.value.answer) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} list={{ href: `${base}/frameworks`, label: "See the frameworks" }} />;
  return <FrameworkPage {...result.value} base={base} />;
}
