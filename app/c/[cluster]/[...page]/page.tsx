import { framed } from "@/app/cluster-page";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PageProblem } from "@/components/shell/page-problem";
import { setAnswerStatus } from "@/lib/http/answer-status";
import { askedMoment } from "@/lib/http/asked-moment";
import type { PageSearch } from "@/lib/http/read-page";

export const metadata: Metadata = { title: "Not found" };

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

/** Below a cluster that is known, an address of no page stays in its frame, with all ways on. */
export default framed(async ({ params, searchParams }: Props): Promise<ReactNode> => {
  setAnswerStatus(404);
  const { cluster } = await params;
  return <PageProblem problem={{ message: "No page has this address." }} base={`/c/${cluster}`} moment={await askedMoment(cluster, searchParams)} />;
});
