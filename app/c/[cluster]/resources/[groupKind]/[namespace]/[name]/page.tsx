import type { Metadata } from "next";
import type { ReactNode } from "react";
import { resourceAnswer, ResourcePage } from "@/components/resource/resource-page";
import { PageProblem } from "@/components/shell/page-problem";
import { resourcePageQuery } from "@/lib/contracts/page-queries";
import { pageTitle } from "@/lib/http/page-title";
import { readEncoded } from "@/lib/format/read-encoded";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { getResource } from "@/lib/reads/get-resource";

interface Props {
  readonly params: Promise<{ readonly cluster: string; readonly groupKind: string; readonly namespace: string; readonly name: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster, groupKind, namespace, name }: Awaited<Props["params"]>, search) => {
  const ref = { groupKind: readEncoded(groupKind), namespace: readEncoded(namespace), name: readEncoded(name) };
  const query = await readQuery(search, resourcePageQuery);
  return { resource: await getResource(cluster, ref, query), search: query };
});

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster, name } = await params;
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, readEncoded(name), result.ok ? resourceAnswer(result.value.resource) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} list={{ href: `${base}/resources`, label: "See the resources" }} />;
  return <ResourcePage {...result.value} base={base} />;
}
