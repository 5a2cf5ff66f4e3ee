import type { ReactNode } from "react";
import type { z } from "zod";
import { clusterPage } from "@/app/cluster-page";
import { networkMatrixAnswer, networkPairAnswer, networkPolicyAnswer, networkWorkloadAnswer } from "@/components/network/network-answers";
import { NetworkMatrixPage, NetworkPairPage, NetworkPolicyPage, NetworkWorkloadPage } from "@/components/network/network-page";
import { networkPageQuery } from "@/lib/contracts/network";
import { getNetworkMatrix } from "@/lib/reads/get-network-matrix";
import { getNetworkPair } from "@/lib/reads/get-network-pair";
import { getNetworkPolicy } from "@/lib/reads/get-network-policy";
import { getNetworkWorkload } from "@/lib/reads/get-network-workload";

interface Shown {
  /** The title of the page. */
  readonly answer: string;
  readonly toPage: (base: string) => ReactNode;
}

type Asked = z.output<typeof networkPageQuery>;

async function read(cluster: string, { by, from, to, workload, namespace, callers, find, limit, ...moment }: Asked): Promise<Shown> {
  if (by === "workload") {
    const answer = await getNetworkWorkload(cluster, { ...moment, workload });
    return { answer: networkWorkloadAnswer(answer), toPage: (base) => <NetworkWorkloadPage answer={answer} base={base} /> };
  }
  if (by === "policy") {
    const answer = await getNetworkPolicy(cluster, { ...moment, workload, namespace, callers });
    return { answer: networkPolicyAnswer(answer), toPage: (base) => <NetworkPolicyPage answer={answer} base={base} /> };
  }
  if (from !== undefined && to !== undefined) {
    const answer = await getNetworkPair(cluster, { ...moment, from, to });
    return { answer: networkPairAnswer(answer), toPage: (base) => <NetworkPairPage answer={answer} base={base} /> };
  }
  const answer = await getNetworkMatrix(cluster, { ...moment, find, limit });
  return { answer: networkMatrixAnswer(answer), toPage: (base) => <NetworkMatrixPage answer={answer} base={base} /> };
}

const page = clusterPage({
  name: "Network",
  query: networkPageQuery,
  read: ({ cluster }, query) => read(cluster, query),
  answer: ({ answer }) => answer,
  show: ({ toPage }, { base }) => toPage(base),
});

export const { generateMetadata } = page;
export default page.Page;
