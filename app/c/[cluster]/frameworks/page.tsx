import type { Metadata } from "next";
import type { ReactNode } from "react";
import { frameworksAnswer, FrameworksPage } from "@/components/frameworks/frameworks-page";
import { PageProblem } from "@/components/shell/page-problem";
import { momentQuerySchema } from "@/lib/contracts/words";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { listFrameworks } from "@/lib/reads/list-frameworks";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, search) => listFrameworks(cluster, await readQuery(search, momentQuerySchema)));

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, "Frameworks", result.ok ? frameworksAnswer(result.value) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <FrameworksPage answer={result.value} base={base} />;
}
