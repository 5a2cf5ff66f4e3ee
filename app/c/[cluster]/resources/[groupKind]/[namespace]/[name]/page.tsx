import { clusterPage } from "@/app/cluster-page";
import { resourceAnswer, ResourcePage } from "@/components/resource/resource-page";
import { resourcePageQuery } from "@/lib/contracts/page-queries";
import { readEncoded } from "@/lib/format/read-encoded";
import { getResource } from "@/lib/reads/get-resource";

interface Params {
  readonly cluster: string;
  readonly groupKind: string;
  readonly namespace: string;
  readonly name: string;
}

const page = clusterPage({
  name: ({ name }: Params) => readEncoded(name),
  query: resourcePageQuery,
  read: async ({ cluster, groupKind, namespace, name }, query) => {
    const ref = { groupKind: readEncoded(groupKind), namespace: readEncoded(namespace), name: readEncoded(name) };
    return { resource: await getResource(cluster, ref, query), search: query };
  },
  answer: ({ resource }) => resourceAnswer(resource),
  list: { path: "resources", label: "See the resources" },
  show: (value, { base }) => <ResourcePage {...value} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
