import { clusterPage } from "@/app/cluster-page";
import { settingsAnswer, SettingsPage } from "@/components/settings/settings-page";
import { settingsPageQuery } from "@/lib/contracts/page-queries";
import { snapshotsTitle } from "@/lib/format/source-titles";
import { readerZone } from "@/lib/http/reader-zone";
import { getSettings } from "@/lib/reads/get-settings";
import { getCluster } from "@/lib/reads/list-clusters";
import { listControls } from "@/lib/reads/list-controls";
import { listSnapshots } from "@/lib/reads/list-snapshots";

const page = clusterPage({
  name: "Settings",
  query: settingsPageQuery,
  read: async ({ cluster }, query) => ({
    cluster: await getCluster(cluster),
    settings: await getSettings(cluster),
    catalogue: await listControls(cluster, query),
    history: snapshotsTitle(await listSnapshots(cluster, { limit: 1 }), await readerZone()),
  }),
  answer: ({ cluster }) => settingsAnswer(cluster),
  show: (value, { search: { tune }, base }) => <SettingsPage {...value} tune={typeof tune === "string" && tune !== "" ? tune : null} base={base} />,
});

export const { generateMetadata } = page;
export default page.Page;
