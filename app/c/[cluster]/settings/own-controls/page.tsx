import { clusterPage } from "@/app/cluster-page";
import { OwnControlPage } from "@/components/own-control/own-control-page";
import { momentQuerySchema } from "@/lib/contracts/words";
import { getOwnControl } from "@/lib/reads/get-own-control";

const page = clusterPage({
  name: "New control",
  query: momentQuerySchema,
  read: ({ cluster }) => getOwnControl(cluster, null),
  show: (value, { params: { cluster }, base }) => <OwnControlPage {...value} cluster={cluster} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
