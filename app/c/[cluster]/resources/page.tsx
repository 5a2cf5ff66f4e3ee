import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ResourcesPage } from "@/components/resources/resources-page";
import { PageProblem } from "@/components/shell/page-problem";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { listResourcesQuery } from "@/lib/contracts/resources";
import { listResources } from "@/lib/reads/list-resources";
import { resourcesTitle } from "@/lib/format/object-titles";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, search) => listResources(cluster, await readQuery(search, listResourcesQuery)));

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, "Resources", result.ok ? resourcesTitle(result.value) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <ResourcesPage answer={result.value} base={base} />;
}
