import { clusterPage } from "@/app/cluster-page";
import { frameworksAnswer, FrameworksPage } from "@/components/frameworks/frameworks-page";
import { momentQuerySchema } from "@/lib/contracts/words";
import { listFrameworks } from "@/lib/reads/list-frameworks";

const page = clusterPage({
  name: "Frameworks",
  query: momentQuerySchema,
  read: ({ cluster }, moment) => listFrameworks(cluster, moment),
  answer: frameworksAnswer,
  show: (answer, { base }) => <FrameworksPage answer={answer} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
