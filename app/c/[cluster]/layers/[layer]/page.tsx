import type { Metadata } from "next";
import type { ReactNode } from "react";
import { layerAnswer, LayerPage } from "@/components/layer/layer-page";
import { PageProblem } from "@/components/shell/page-problem";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { readerZone } from "@/lib/http/reader-zone";
import { layerPageQuery } from "@/lib/contracts/page-queries";
import { layerSchema } from "@/lib/contracts/words";
import { LAYER_WORDS } from "@/lib/format/words";
import { getLayer } from "@/lib/reads/get-layer";

interface Props {
  readonly params: Promise<{ readonly cluster: string; readonly layer: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster, layer }: Awaited<Props["params"]>, search) => getLayer(cluster, layer, await readQuery(search, layerPageQuery)));

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster, layer } = await params;
  const result = await read(params, searchParams);
  const known = layerSchema.safeParse(layer);
  const name = known.success ? `${LAYER_WORDS[known.data]} layer` : "Layers";
  return pageTitle(cluster, searchParams, name, result.ok ? layerAnswer(result.value, await readerZone()) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} list={{ href: `${base}/layers`, label: "See the layers" }} />;
  return <LayerPage answer={result.value} showsAll={(await searchParams).all === "true"} base={base} zone={await readerZone()} />;
}
