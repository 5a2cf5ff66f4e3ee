import { clusterPage } from "@/app/cluster-page";
import { ResourcesPage } from "@/components/resources/resources-page";
import { listResourcesQuery } from "@/lib/contracts/resources";
import { resourcesTitle } from "@/lib/format/object-titles";
import { listResources } from "@/lib/reads/list-resources";

const page = clusterPage({
  name: "Resources",
  query: listResourcesQuery,
  read: ({ cluster }, query) => listResources(cluster, query),
  answer: resourcesTitle,
  isUnscanned: ({ moment }) => moment.at === null,
  show: (answer, { base }) => <ResourcesPage answer={answer} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
