import { clusterPage } from "@/app/cluster-page";
import { ControlPage } from "@/components/control/control-page";
import { controlSharedWords } from "@/components/control/control-standing";
import { momentQuerySchema } from "@/lib/contracts/words";
import { readerZone } from "@/lib/http/reader-zone";
import { getControl } from "@/lib/reads/list-controls";

const page = clusterPage({
  query: momentQuerySchema,
  read: ({ cluster, control }: { readonly cluster: string; readonly control: string }, moment) => getControl(cluster, control, moment),
  // By the id of today: a link may have another that the control once had.
  name: ({ control }, found) => found?.control.id ?? control,
  answer: (found) => ({ says: found.control.title, more: controlSharedWords(found) }),
  list: { path: "controls", label: "See the controls" },
  show: async (answer, { base }) => <ControlPage answer={answer} base={base} zone={await readerZone()} />,
});

export const { generateMetadata } = page;
export default page.Page;
