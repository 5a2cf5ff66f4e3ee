import { expect, it } from "vitest";
import { countFilters, loadFindingsSearch, toFindingsQuery } from "./findings-search";

const queryOf = (address: string): string => toFindingsQuery(loadFindingsSearch(address));

it("writes the same list the same way, whatever the order in the address", () => {
  expect(queryOf("?layer=code&severity=high,critical")).toBe(queryOf("?severity=critical,high&layer=code"));
  expect(queryOf("?severity=high,critical")).toBe("severity=critical%2Chigh");
});

it("leaves out what the API does not know, and what is not valid", () => {
  expect(queryOf("?rows=one&columns=age&severity=terrible&tab=opened&at=0")).toBe("tab=opened");
});

it("asks for groups in their own order when it groups", () => {
  expect(queryOf("?view=object&sort=points&order=asc")).toBe("group=object");
});

it("counts the facets that narrow the list, not the tab, the words or the order", () => {
  expect(countFilters(loadFindingsSearch("?severity=high,low&namespace=a&q=x&sort=age&tab=opened"))).toBe(2);
});
