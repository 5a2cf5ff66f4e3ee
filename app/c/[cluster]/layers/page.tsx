import { clusterPage } from "@/app/cluster-page";
import { LayersPage } from "@/components/layer/layers-page";
import { overviewAnswer } from "@/components/posture/overview-answer";
import { momentQuerySchema } from "@/lib/contracts/words";
import { readerZone } from "@/lib/http/reader-zone";
import { getOverview } from "@/lib/reads/get-overview";

const page = clusterPage({
  name: "Layers",
  query: momentQuerySchema,
  read: ({ cluster }, moment) => getOverview(cluster, moment),
  answer: async (overview) => overviewAnswer(overview, await readerZone()),
  isUnscanned: ({ moment }) => moment.at === null,
  show: async (overview, { base }) => <LayersPage overview={overview} base={base} zone={await readerZone()} />,
});

export const { generateMetadata } = page;
export default page.Page;
