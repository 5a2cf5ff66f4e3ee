import { clusterPage } from "@/app/cluster-page";
import { UnsavedControl } from "@/components/own-control/unsaved-control";
import { OwnControlPage } from "@/components/own-control/own-control-page";
import { momentQuerySchema } from "@/lib/contracts/words";
import { getOwnControl } from "@/lib/reads/get-own-control";
import { openReader } from "@/lib/reads/open-reader";

const page = clusterPage({
  name: ({ control }: { readonly cluster: string; readonly control: string }) => control,
  query: momentQuerySchema,
  read: async ({ cluster, control }, query) => {
    await openReader(cluster, query); // its text is that of now; the frame around it is of the moment that is asked for
    return getOwnControl(cluster, control);
  },
  list: { path: "controls", label: "See the controls" },
  rest: ({ cluster, control }) => <UnsavedControl cluster={cluster} id={control} />,
  show: (value, { params: { cluster }, base }) => <OwnControlPage {...value} cluster={cluster} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
