import { clusterPage } from "@/app/cluster-page";
import { sourcesAnswer, SourcesPage } from "@/components/sources/sources-page";
import { sourcesPageQuery } from "@/lib/contracts/page-queries";
import { getSources } from "@/lib/reads/get-sources";

const page = clusterPage({
  name: "Sources",
  query: sourcesPageQuery,
  read: ({ cluster }, query) => getSources(cluster, query),
  answer: sourcesAnswer,
  show: (sources, { search, base }) => <SourcesPage sources={sources} view={search.view} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
