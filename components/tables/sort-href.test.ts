import { expect, it } from "vitest";
import { sortHref } from "./sort-href";

it("sorts downwards first, turns round on the second click, keeps the filter and leaves the page cursor", () => {
  expect(sortHref("severity=high&cursor=z", "age", { sort: "severity", order: "desc" })).toBe("?severity=high&sort=age&order=desc");
  expect(sortHref("sort=age&order=desc", "age", { sort: "age", order: "desc" })).toBe("?sort=age&order=asc");
});
