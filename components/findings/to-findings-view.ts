import { countFilters, type FindingsSearch } from "@/lib/client/findings-search";
import type { ListFindingsResponse } from "@/lib/contracts/findings";
import type { FindingsView } from "@/lib/format/findings-titles";

/** What the title of the list needs to know: `head` is its first page, `since` the baseline in words. */
export function toFindingsView(head: ListFindingsResponse, search: FindingsSearch, since: string | null): FindingsView {
  // The facet counts what the other filters let through, so also what this one leaves out.
  const count = (name: "critical" | "high"): number =>
    search.severity === null || search.severity.includes(name) ? (head.facets.severity.find(({ value }) => value === name)?.count ?? 0) : 0;
  return {
    tab: search.tab ?? "all",
    states: search.state ?? ["open"],
    matching: head.matching,
    critical: count("critical"),
    high: count("high"),
    platform: head.platform,
    unassessed: head.tabs.unknown,
    isNarrowed: countFilters(search) > 0 || search.q !== null,
    since,
  };
}
