import { clusterPage } from "@/app/cluster-page";
import { OwnControlPage } from "@/components/own-control/own-control-page";
import { momentQuerySchema } from "@/lib/contracts/words";
import { getOwnControl } from "@/lib/reads/get-own-control";
import { openReader } from "@/lib/reads/open-reader";

const page = clusterPage({
  name: "New control",
  query: momentQuerySchema,
  read: async ({ cluster }, query) => {
    await openReader(cluster, query); // its text is that of now; the frame around it is of the moment that is asked for
    return getOwnControl(cluster, null);
  },
  show: (value, { params: { cluster }, base }) => <OwnControlPage {...value} cluster={cluster} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
