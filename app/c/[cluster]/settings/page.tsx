import type { Metadata } from "next";
import type { ReactNode } from "react";
import { settingsAnswer, SettingsPage } from "@/components/settings/settings-page";
import { PageProblem } from "@/components/shell/page-problem";
import { settingsPageQuery } from "@/lib/contracts/page-queries";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { getSettings } from "@/lib/reads/get-settings";
import { getCluster } from "@/lib/reads/list-clusters";
import { listControls } from "@/lib/reads/list-controls";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, search) => ({
  cluster: await getCluster(cluster),
  settings: await getSettings(cluster),
  catalogue: await listControls(cluster, await readQuery(search, settingsPageQuery)),
}));

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, "Settings", result.ok ? settingsAnswer(result.value.cluster) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const { tune } = await searchParams;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <SettingsPage {...result.value} tune={typeof tune === "string" && tune !== "" ? tune : null} base={base} />;
}
