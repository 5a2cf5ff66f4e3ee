import { clusterPage } from "@/app/cluster-page";
import { whoCanAnswer, WhoCanPage } from "@/components/who-can/who-can-page";
import { whoCanQuery } from "@/lib/contracts/who-can";
import { whoCan } from "@/lib/reads/who-can";

const page = clusterPage({
  name: "Who can",
  query: whoCanQuery,
  read: ({ cluster }, query) => whoCan(cluster, query),
  answer: whoCanAnswer,
  show: (answer, { base }) => <WhoCanPage answer={answer} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
