import { expect, it } from "vitest";
import { nextHref } from "./next-href";

it("goes on in the snapshot of the first page, which the address then names, with its filters", () => {
  expect(nextHref("/c/a/resources?q=x", 91, { cursor: "2j-5-0a" })).toBe("/c/a/resources?q=x&cursor=2j-5-0a&at=91");
  expect(nextHref("/c/a/resources?at=91&since=3&cursor=2j-5-0a", 91, { cursor: "2j-9-0a" })).toBe("/c/a/resources?at=91&since=3&cursor=2j-9-0a");
  expect(nextHref("/c/a/pod-security", 91, { after: "shop" })).toBe("/c/a/pod-security?after=shop&at=91");
});
