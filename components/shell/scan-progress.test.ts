import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ScanProgress, type ScanState } from "./scan-progress";

const SCAN: ScanState = { cluster: "prod", isJudging: false, kindsRead: 94, kindsTotal: 94, objectsSeen: 3918, currentKind: null, gaps: 0, shownSeq: null };
const said = (scan: Partial<ScanState>): string => renderToStaticMarkup(createElement(ScanProgress, { scan: { ...SCAN, ...scan } })).replace(/<[^>]*>/g, "");

it("says of a scan whether it connects, reads, or judges what it read", () => {
  expect(said({ kindsTotal: 0 })).toContain("Connecting to prod");
  expect(said({})).toContain("Reading prod: 94 of 94 kinds, 3,918 objects");
  expect(said({ isJudging: true })).toContain("Judging and storing prod: 3,918 objects");
});
