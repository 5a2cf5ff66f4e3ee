import { clusterPage } from "@/app/cluster-page";
import { podSecurityAnswer, PodSecurityPage } from "@/components/pod-security/pod-security-page";
import { listPodSecurityQuery } from "@/lib/contracts/pod-security";
import { listPodSecurity } from "@/lib/reads/pod-security";

const page = clusterPage({
  name: "Pod Security",
  query: listPodSecurityQuery,
  read: async ({ cluster }, query) => ({ answer: await listPodSecurity(cluster, query), show: query.show ?? ("all" as const) }),
  answer: ({ answer }) => podSecurityAnswer(answer),
  show: (value, { base }) => <PodSecurityPage {...value} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
