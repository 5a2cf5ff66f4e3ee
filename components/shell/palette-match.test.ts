import { expect, it } from "vitest";
import { matchItems } from "./palette-match";

const items = [
  { kind: "page", label: "Findings", href: "/f" },
  { kind: "resource", label: "checkout-gateway", note: "Deployment in payments", href: "/r" },
  { kind: "control", label: "Pods have no open findings", href: "/c" },
];

it("every word must occur, in label, kind or note; labels that start with the text come first", () => {
  expect(matchItems(items, "pay check").map((i) => i.href)).toEqual(["/r"]);
  expect(matchItems(items, "find").map((i) => i.href)).toEqual(["/f", "/c"]);
  expect(matchItems(items, "zzz")).toEqual([]);
  expect(matchItems(items, "  ")).toHaveLength(3);
  expect(matchItems(items, "page")).toEqual([]);
  expect(matchItems(items, "resource").map((i) => i.href)).toEqual(["/r"]);
});
