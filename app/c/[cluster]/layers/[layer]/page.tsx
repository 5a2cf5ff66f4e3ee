import { clusterPage } from "@/app/cluster-page";
import { layerAnswer, LayerPage } from "@/components/layer/layer-page";
import { layerPageQuery } from "@/lib/contracts/page-queries";
import { layerSchema } from "@/lib/contracts/words";
import { LAYER_WORDS } from "@/lib/format/words";
import { readerZone } from "@/lib/http/reader-zone";
import { getLayer } from "@/lib/reads/get-layer";

const page = clusterPage({
  name: ({ layer }: { readonly cluster: string; readonly layer: string }) => {
    const known = layerSchema.safeParse(layer);
    return known.success ? `${LAYER_WORDS[known.data]} layer` : "Layers";
  },
  query: layerPageQuery,
  read: ({ cluster, layer }, query) => getLayer(cluster, layer, query),
  answer: async (answer) => layerAnswer(answer, await readerZone()),
  list: { path: "layers", label: "See the layers" },
  show: async (answer, { search, base }) => <LayerPage answer={answer} showsAll={search.all === "true"} base={base} zone={await readerZone()} />,
});

export const { generateMetadata } = page;
export default page.Page;
