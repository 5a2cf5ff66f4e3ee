import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { ControlResponse } from "@/lib/contracts/controls";
import { ControlTrend } from "./control-trend";

const AT = { seq: 2, takenAt: "2026-11-27T06:00:00.000Z" };
const POINT = { seq: 1, takenAt: "2026-11-26T06:00:00.000Z", n: 0, failing: 0, unknown: 0 };
const trendOf = (n: number, onPlatform: number): string => {
  const some = { moment: { at: AT }, control: { title: "", layer: "cluster" }, history: [{ ...POINT, n }], silent: [], platform: { n: onPlatform } };
  return renderToStaticMarkup(createElement(ControlTrend, { answer: some as unknown as ControlResponse, zone: "UTC" }));
};

it("says that nothing was ever judged only where that is so of the platform, too", () => {
  expect(trendOf(0, 0)).toContain("Nothing was ever judged");
  expect(trendOf(0, 4)).toBe("");
  expect(trendOf(3, 4)).toContain("% fail, as on 26 Nov");
});

it("says the figures of the picture to those who hear it", () => {
  expect(trendOf(3, 4)).toContain("Failing share of what was judged 0 %.");
  expect(trendOf(0, 0)).toContain("Failing share of what was judged not known.");
});
