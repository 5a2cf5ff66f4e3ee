import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ControlPage } from "@/components/control/control-page";
import { PageProblem } from "@/components/shell/page-problem";
import { momentQuerySchema } from "@/lib/contracts/words";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { readerZone } from "@/lib/http/reader-zone";
import { getControl } from "@/lib/reads/list-controls";

interface Props {
  readonly params: Promise<{ readonly cluster: string; readonly control: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster, control }: Awaited<Props["params"]>, search) =>
  getControl(cluster, control, await readQuery(search, momentQuerySchema)),
);

/** By the id of today: a link may have another that the control once had. */
export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster, control } = await params;
  const result = await read(params, searchParams);
  const found = result.ok ? result.value.control : null;
  return pageTitle(cluster, searchParams, found?.id ?? control, found?.title ?? null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} list={{ href: `${base}/controls`, label: "See the controls" }} />;
  return <ControlPage answer={result.value} base={base} zone={await readerZone()} />;
}
