import { clusterPage } from "@/app/cluster-page";
import { frameworkAnswer, FrameworkPage } from "@/components/framework/framework-page";
import { frameworkPageQuery } from "@/lib/contracts/page-queries";
import { findFrameworkKey, FRAMEWORKS } from "@/lib/frameworks/frameworks";
import { getFramework } from "@/lib/reads/list-frameworks";

const page = clusterPage({
  name: ({ framework }: { readonly cluster: string; readonly framework: string }) => {
    const key = findFrameworkKey(framework);
    return key ? FRAMEWORKS[key].name : "Frameworks";
  },
  query: frameworkPageQuery,
  read: async ({ cluster, framework }, query) => ({
    answer: await getFramework(cluster, framework, query),
    shown: { state: query.state?.[0] ?? null, view: query.view === "list" ? ("list" as const) : null },
  }),
  answer: ({ answer }) => frameworkAnswer(answer),
  list: { path: "frameworks", label: "See the frameworks" },
  show: (value, { base }) => <FrameworkPage {...value} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
