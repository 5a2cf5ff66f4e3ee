import { clusterPage } from "@/app/cluster-page";
import { namespaceLevelsAnswer, NamespaceLevelsPage } from "@/components/pod-security/namespace-levels-page";
import { podSecurityQuery } from "@/lib/contracts/pod-security";
import { getPodSecurity } from "@/lib/reads/pod-security";

const page = clusterPage({
  name: ({ namespace }: { readonly cluster: string; readonly namespace: string }) => `Pod Security of ${namespace}`,
  query: podSecurityQuery,
  read: ({ cluster, namespace }, query) => getPodSecurity(cluster, namespace, query),
  answer: (answer, { namespace }) => namespaceLevelsAnswer(answer, namespace),
  list: { path: "pod-security", label: "See the namespaces" },
  show: (answer, { params, base }) => <NamespaceLevelsPage answer={answer} namespace={params.namespace} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
