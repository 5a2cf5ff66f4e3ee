import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { BareProblem } from "@/components/shell/bare-problem";
import { UnknownFinding } from "@/components/shell/unknown-finding";
import { momentQuerySchema } from "@/lib/contracts/words";
import { findingPath } from "@/lib/format/paths";
import { readEncoded } from "@/lib/format/read-encoded";
import { setAnswerStatus } from "@/lib/http/answer-status";
import { type PageSearch, readPage, readQuery } from "@/lib/http/read-page";
import { getDatabase } from "@/lib/store/database-handle";
import { findFindingCluster } from "@/lib/store/findings/find-finding";

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: PageSearch;
}

/** Of what is shown where the link leads nowhere: the tab bore the name of the product alone. */
export const metadata: Metadata = { title: "Finding" };

/** A link to a finding that needs no cluster; it keeps the moment, and what the finding's page would refuse is refused before. */
export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const id = readEncoded((await params).id);
  const result = await readPage(async () => {
    const { at, since } = await readQuery(searchParams, momentQuerySchema);
    return { found: await findFindingCluster(getDatabase().pool, id), at, since };
  });
  if (!result.ok) return <BareProblem problem={result} />;
  const { found, at, since } = result.value;
  if (!found) {
    setAnswerStatus(404); // Next's own "not found" is an empty document without scripts
    return <UnknownFinding />;
  }
  const moment = Object.entries({ at, since }).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  redirect(`${findingPath(found.slug, found.publicId)}${moment.length === 0 ? "" : `?${new URLSearchParams(moment)}`}`);
}
