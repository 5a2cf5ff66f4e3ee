import { clusterPage } from "@/app/cluster-page";
import { resourceAnswer, ResourcePage } from "@/components/resource/resource-page";
import { resourcePageQuery } from "@/lib/contracts/page-queries";
import { getResource } from "@/lib/reads/get-resource";

interface Params {
  readonly cluster: string;
  readonly groupKind: string;
  readonly namespace: string;
  readonly name: string;
}

const page = clusterPage({
  name: ({ name }: Params) => name,
  query: resourcePageQuery,
  read: async ({ cluster, groupKind, namespace, name }, query) => {
    return { resource: await getResource(cluster, { groupKind, namespace, name }, query), search: query };
  },
  answer: ({ resource }) => resourceAnswer(resource),
  list: { path: "resources", label: "See the resources" },
  show: (value, { base }) => <ResourcePage {...value} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
