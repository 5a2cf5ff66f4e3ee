import { clusterPage } from "@/app/cluster-page";
import { controlsAnswer, ControlsPage } from "@/components/controls/controls-page";
import { controlsPageQuery } from "@/lib/contracts/page-queries";
import { listControls } from "@/lib/reads/list-controls";

const page = clusterPage({
  name: "Controls",
  query: controlsPageQuery,
  read: ({ cluster }, query) => listControls(cluster, query),
  answer: controlsAnswer,
  show: (answer, { search, base }) => <ControlsPage answer={answer} search={search} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
