import { expect, test } from "vitest";
import { loadFindingsSearch } from "@/lib/client/findings-search";
import type { ListFindingsResponse } from "@/lib/contracts/findings";
import { toFindingsView } from "./to-findings-view";

const head: ListFindingsResponse = {
  moment: { at: null, since: null, isNow: true },
  rows: [],
  nextCursor: null,
  matching: 7,
  total: 30,
  totalPlatform: 3,
  platform: { matching: 2, critical: 1, high: 0 },
  openedSince: 0,
  tuned: { off: 0, reweighted: 0, own: 0 },
  tabs: { all: 30, criticalHigh: 9, opened: 0, closed: 0, manual: 0, unknown: 5 },
  facets: {
    severity: [
      { value: "critical", count: 2 },
      { value: "high", count: 7 },
    ],
    layer: [],
    state: [],
    age: [],
    namespace: [],
    kind: [],
    control: [],
    scope: [],
    assessed: [],
  },
};
const viewOf = (query: string) => toFindingsView(head, loadFindingsSearch(new URLSearchParams(query)), "17 Nov");

test("without a filter the list is of what is open, and names its worst severities", () => {
  expect(viewOf("")).toEqual({
    tab: "all",
    states: ["open"],
    matching: 7,
    critical: 2,
    high: 7,
    platform: { matching: 2, critical: 1, high: 0 },
    unassessed: 5,
    isNarrowed: false,
    since: "17 Nov",
  });
});

test("a severity that the list leaves out is counted in its facet, and not in the title", () => {
  expect(viewOf("severity=high")).toMatchObject({ critical: 0, high: 7, isNarrowed: true });
});

test("words that are looked for narrow the list as well", () => {
  expect(viewOf("q=web&state=manual")).toMatchObject({ tab: "all", states: ["manual"], isNarrowed: true });
  expect(viewOf("q=web&tab=opened&state=manual")).toMatchObject({ tab: "opened", states: ["open"], isNarrowed: true });
});
