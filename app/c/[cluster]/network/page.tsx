import type { Metadata } from "next";
import type { ReactNode } from "react";
import { networkMatrixAnswer, networkPairAnswer, networkPolicyAnswer, networkWorkloadAnswer } from "@/components/network/network-answers";
import { NetworkMatrixPage, NetworkPairPage, NetworkPolicyPage, NetworkWorkloadPage } from "@/components/network/network-page";
import { PageProblem } from "@/components/shell/page-problem";
import { networkPageQuery } from "@/lib/contracts/network";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { getNetworkMatrix } from "@/lib/reads/get-network-matrix";
import { getNetworkPair } from "@/lib/reads/get-network-pair";
import { getNetworkPolicy } from "@/lib/reads/get-network-policy";
import { getNetworkWorkload } from "@/lib/reads/get-network-workload";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

interface Shown {
  /** The title of the page. */
  readonly answer: string;
  readonly page: ReactNode;
}

async function show(cluster: string, searchParams: PageSearch): Promise<Shown> {
  const base = `/c/${cluster}`;
  const { by, from, to, workload, namespace, callers, find, limit, ...moment } = await readQuery(searchParams, networkPageQuery);
  if (by === "workload") {
    const answer = await getNetworkWorkload(cluster, { ...moment, workload });
    return { answer: networkWorkloadAnswer(answer), page: <NetworkWorkloadPage answer={answer} base={base} /> };
  }
  if (by === "policy") {
    const answer = await getNetworkPolicy(cluster, { ...moment, workload, namespace, callers });
    return { answer: networkPolicyAnswer(answer), page: <NetworkPolicyPage answer={answer} base={base} /> };
  }
  if (from !== undefined && to !== undefined) {
    const answer = await getNetworkPair(cluster, { ...moment, from, to });
    return { answer: networkPairAnswer(answer), page: <NetworkPairPage answer={answer} base={base} /> };
  }
  const answer = await getNetworkMatrix(cluster, { ...moment, find, limit });
  return { answer: networkMatrixAnswer(answer), page: <NetworkMatrixPage answer={answer} base={base} /> };
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, search) => show(cluster, search));

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, "Network", result.ok ? result.value.answer : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const result = await read(params, searchParams);
  return result.ok ? result.value.page : <PageProblem problem={result} base={`/c/${(await params).cluster}`} />;
}
