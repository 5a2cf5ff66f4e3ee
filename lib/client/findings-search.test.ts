import { expect, it } from "vitest";
import { countFilters, loadFindingsSearch, toFindingsQuery } from "./findings-search";

const load = (address: string) => loadFindingsSearch(new URLSearchParams(address));
const queryOf = (address: string): string => toFindingsQuery(load(address));

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
  expect(countFilters(load("?severity=high,low&namespace=a&q=x&sort=age&tab=opened"))).toBe(2);
});

it("takes what is empty for absent, as the API does, the first of what stands twice, and drops what is no such word", () => {
  for (const nothing of ["", "?kind=&q=&resource=", "?kind=,&severity=terrible&columns="])
    expect(new Set(Object.values(load(nothing)))).toEqual(new Set([null]));
  const { kind, at, since, severity, order, columns } = load("?kind=,Pod&at=7&at=8&since=soon&severity=high,terrible,low&order=up&columns=age,name");
  expect({ kind, at, since, severity, order, columns }).toEqual({
    kind: ["Pod"],
    at: 7,
    since: null,
    severity: ["high", "low"],
    order: null,
    columns: ["age"],
  });
});

it("heeds no state in a list of what opened or closed, which has what failed", () => {
  for (const tab of ["opened", "closed"]) {
    expect(queryOf(`?tab=${tab}&state=open`)).toBe(`tab=${tab}`);
    expect(countFilters(load(`?tab=${tab}&state=unknown`))).toBe(0);
  }
  expect(queryOf("?state=unknown")).toBe("state=unknown");
});
