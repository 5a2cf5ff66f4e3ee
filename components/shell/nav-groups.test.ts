import { expect, it } from "vitest";
import { findNavKey } from "./nav-groups";

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
