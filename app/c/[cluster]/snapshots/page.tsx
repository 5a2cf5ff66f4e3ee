import { clusterPage } from "@/app/cluster-page";
import { SnapshotsPage } from "@/components/snapshots/snapshots-page";
import { snapshotsPageQuery } from "@/lib/contracts/page-queries";
import { AppError } from "@/lib/errors/app-error";
import { snapshotsTitle } from "@/lib/format/source-titles";
import { readerZone } from "@/lib/http/reader-zone";
import { listSnapshots } from "@/lib/reads/list-snapshots";
import { openReader } from "@/lib/reads/open-reader";

const page = clusterPage({
  name: "Snapshots",
  query: snapshotsPageQuery,
  read: async ({ cluster }, query) => {
    await openReader(cluster, query); // the list is of all moments, its frame of the one that is asked for
    const answer = await listSnapshots(cluster, query);
    if (query.before !== undefined && answer.snapshots.length === 0) throw new AppError("not-found", `There is no snapshot before ${query.before}.`);
    return { ...answer, at: query.at ?? null, since: query.since ?? null };
  },
  answer: async (answer) => snapshotsTitle(answer, await readerZone()),
  isUnscanned: ({ snapshots }) => snapshots.length === 0,
  show: async (answer, { params: { cluster }, base }) => (
    <SnapshotsPage answer={answer} at={answer.at} since={answer.since} cluster={cluster} base={base} zone={await readerZone()} />
  ),
});

export const { generateMetadata } = page;
export default page.Page;
