import type { Metadata } from "next";
import type { ReactNode } from "react";
import { NetworkMatrixPage, NetworkPairPage, NetworkPolicyPage, NetworkWorkloadPage } from "@/components/network/network-page";
import { PageProblem } from "@/components/shell/page-problem";
import { networkPageQuery } from "@/lib/contracts/network";
import { pageTitle } from "@/lib/http/page-title";
import { type PageSearch, readPage, readQuery } from "@/lib/http/read-page";
import { getNetworkMatrix } from "@/lib/reads/get-network-matrix";
import { getNetworkPair } from "@/lib/reads/get-network-pair";
import { getNetworkPolicy } from "@/lib/reads/get-network-policy";
import { getNetworkWorkload } from "@/lib/reads/get-network-workload";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  return pageTitle(cluster, searchParams, "Network");
}

async function show(cluster: string, base: string, searchParams: PageSearch): Promise<ReactNode> {
  const { by, from, to, workload, namespace, callers, find, limit, ...moment } = await readQuery(searchParams, networkPageQuery);
  if (by === "workload") return <NetworkWorkloadPage answer={await getNetworkWorkload(cluster, { ...moment, workload })} base={base} />;
  if (by === "policy") return <NetworkPolicyPage answer={await getNetworkPolicy(cluster, { ...moment, workload, namespace, callers })} base={base} />;
  if (from !== undefined && to !== undefined) return <NetworkPairPage answer={await getNetworkPair(cluster, { ...moment, from, to })} base={base} />;
  return <NetworkMatrixPage answer={await getNetworkMatrix(cluster, { ...moment, find, limit })} base={base} />;
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await readPage(() => show(cluster, base, searchParams));
  return result.ok ? result.value : <PageProblem problem={result} base={base} />;
}
