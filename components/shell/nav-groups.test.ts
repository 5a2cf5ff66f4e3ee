import { expect, it } from "vitest";
import { CLUSTER, PAGES } from "@/e2e/journeys/pages";
import { findNavKey, NAV_GROUPS } from "./nav-groups";

it("marks the page an address belongs to, also deeper down", () => {
  expect(["/c/a", "/c/a/", "/c/a/layers/cluster", "/c/a/findings", "/c/a/findingsx", "/"].map(findNavKey)).toEqual([
    "overview",
    "overview",
    "layers",
    "findings",
    null,
    null,
  ]);
});

it("sends the journeys to every page of the menu", () => {
  const menu = NAV_GROUPS.flatMap(({ pages }) => pages.map(({ path }) => `${CLUSTER}${path}`));
  const visited = new Set(PAGES.map(({ path }) => path));
  expect(
    menu.filter((path) => !visited.has(path)),
    "name these in e2e/journeys/pages.ts",
  ).toEqual([]);
});
