import { describe, expect, it } from "vitest";
import { findBlockEnd } from "./find-block-end";

const LINES = [
  "roleRef:",
  "  kind: ClusterRole",
  "subjects:",
  "- kind: ServiceAccount",
  "  namespace: checkout",
  "  name: cart",
  "- kind: Group",
  "metadata:",
  "  labels:",
  "    app: web",
];

describe("findBlockEnd", () => {
  it("takes an item of a list with all its lines, and not the next one", () => {
    expect([findBlockEnd(LINES, 4), findBlockEnd(LINES, 7)]).toEqual([6, 7]);
  });

  it("takes a key with the list that stands as deep as it, or with the map below it", () => {
    expect([findBlockEnd(LINES, 3), findBlockEnd(LINES, 1), findBlockEnd(LINES, 9)]).toEqual([7, 2, 10]);
  });

  it("takes a plain field alone", () => {
    expect([findBlockEnd(LINES, 2), findBlockEnd(LINES, 10), findBlockEnd(LINES, 99)]).toEqual([2, 10, 99]);
  });
});
