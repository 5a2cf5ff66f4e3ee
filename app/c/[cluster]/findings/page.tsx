import { clusterPage } from "@/app/cluster-page";
import { filterWords } from "@/components/findings/filter-words";
import { FindingsPage } from "@/components/findings/findings-page";
import { toFindingsView } from "@/components/findings/to-findings-view";
import { loadFindingsSearch, toFindingsQuery } from "@/lib/client/findings-search";
import { listFindingsQuery } from "@/lib/contracts/findings";
import { findingsPageQuery } from "@/lib/contracts/page-queries";
import { findingsViewTitle } from "@/lib/format/findings-titles";
import { formatDay } from "@/lib/format/instant";
import { readerZone } from "@/lib/http/reader-zone";
import { listFindings } from "@/lib/reads/list-findings";

const page = clusterPage({
  name: "Findings",
  query: findingsPageQuery,
  read: async ({ cluster }, _query, asked) => {
    const search = loadFindingsSearch(new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, String(value)])));
    const query = toFindingsQuery(search);
    return { search, query, page: await listFindings(cluster, listFindingsQuery.parse(Object.fromEntries(new URLSearchParams(query)))) };
  },
  answer: async ({ page, search }) => {
    const { since } = page.moment;
    const says = findingsViewTitle(toFindingsView(page, search, since === null ? null : formatDay(new Date(since.takenAt), await readerZone())));
    return { says, more: filterWords(search) };
  },
  isUnscanned: ({ page }) => page.moment.at === null,
  show: ({ query, page }, { params: { cluster } }) => <FindingsPage cluster={cluster} initial={{ query, page }} />,
});

export const { generateMetadata } = page;
export default page.Page;
