import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PageProblem } from "@/components/shell/page-problem";
import { setAnswerStatus } from "@/lib/http/answer-status";

export const metadata: Metadata = { title: "Not found" };

/** Below a cluster that is known, an address of no page stays in its frame, with all ways on. */
export default async function Page({ params }: { readonly params: Promise<{ readonly cluster: string }> }): Promise<ReactNode> {
  setAnswerStatus(404);
  return <PageProblem problem={{ message: "No page has this address." }} base={`/c/${(await params).cluster}`} />;
}
