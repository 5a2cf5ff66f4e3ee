import type { Metadata } from "next";
import type { ReactNode } from "react";
import { namespaceLevelsAnswer, NamespaceLevelsPage } from "@/components/pod-security/namespace-levels-page";
import { PageProblem } from "@/components/shell/page-problem";
import { podSecurityQuery } from "@/lib/contracts/pod-security";
import { pageTitle } from "@/lib/http/page-title";
import { readEncoded } from "@/lib/format/read-encoded";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { getPodSecurity } from "@/lib/reads/pod-security";

interface Props {
  readonly params: Promise<{ readonly cluster: string; readonly namespace: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster, namespace }: Awaited<Props["params"]>, search) =>
  getPodSecurity(cluster, readEncoded(namespace), await readQuery(search, podSecurityQuery)),
);

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster, namespace } = await params;
  const result = await read(params, searchParams);
  const name = readEncoded(namespace);
  return pageTitle(cluster, searchParams, `Pod Security of ${name}`, result.ok ? namespaceLevelsAnswer(result.value, name) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster, namespace } = await params;
  const base = `/c/${cluster}`;
  const name = readEncoded(namespace);
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} list={{ href: `${base}/pod-security`, label: "See the namespaces" }} />;
  return <NamespaceLevelsPage answer={result.value} namespace={name} base={base} />;
}
