import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ResourcePage } from "@/components/resource/resource-page";
import { PageProblem } from "@/components/shell/page-problem";
import { pageTitle } from "@/lib/http/page-title";
import { type PageSearch, readMoment, readPage, readSegment } from "@/lib/http/read-page";
import { getResource } from "@/lib/reads/get-resource";
import { loadResourceSearch } from "./search-params";

interface Props {
  readonly params: Promise<{ readonly cluster: string; readonly groupKind: string; readonly namespace: string; readonly name: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster, name } = await params;
  return pageTitle(cluster, searchParams, readSegment(name));
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster, groupKind, namespace, name } = await params;
  const base = `/c/${cluster}`;
  const result = await readPage(async () =>
    getResource(cluster, { groupKind: readSegment(groupKind), namespace: readSegment(namespace), name: readSegment(name) }, await readMoment(searchParams)),
  );
  if (!result.ok) return <PageProblem message={result.message} base={base} />;
  return <ResourcePage resource={result.value} search={await loadResourceSearch(searchParams)} base={base} />;
}
