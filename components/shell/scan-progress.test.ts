import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ScanProgress, type ScanState } from "./scan-progress";

const SCAN: ScanState = {
  cluster: "prod",
  isWaiting: false,
  isJudging: false,
  kindsRead: 94,
  kindsTotal: 94,
  objectsSeen: 3918,
  currentKind: null,
  gaps: 0,
  shownSeq: null,
  day: null,
};
const draw = (scan: Partial<ScanState>): string =>
  renderToStaticMarkup(createElement(ScanProgress, { scan: { ...SCAN, ...scan }, isCancelling: false, problem: null, onCancel: () => {} }));
const toText = (markup: string): string => markup.replace(/<button.*?<\/button>/, "").replace(/<[^>]*>/g, "");
const said = (scan: Partial<ScanState>): string => toText(draw(scan));

it("says of a scan whether it waits for others, connects, reads, or judges what it read", () => {
  expect(said({ isWaiting: true, kindsTotal: 0, shownSeq: 4 })).toBe("Waiting for other scans, then reading prod You still see snapshot 4.");
  expect(said({ kindsTotal: 0 })).toContain("Connecting to prod");
  expect(said({})).toContain("Reading prod: 94 of 94 kinds, 3,918 objects");
  expect(said({ isJudging: true })).toContain("Judging and storing prod: 3,918 objects");
});

it("keeps on a phone what could not be read, and leaves the rest to a desk", () => {
  const state = { currentKind: "Pod", gaps: 3, shownSeq: 4 };
  expect(said(state)).toBe("Reading prod: 94 of 94 kinds, 3,918 objects Now: Pod. 3 kinds could not be read. You still see snapshot 4.");
  const onPhone = draw(state).replace(/<span class="[^"]*only-desk[^"]*">.*?<\/span>/g, "");
  expect(toText(onPhone)).toBe("Reading prod: 94 of 94 kinds, 3,918 objects 3 kinds could not be read.");
});

it("measures a demo whose history is being made by its days", () => {
  const making = { day: { seq: 37, of: 91 }, shownSeq: 36, currentKind: "Pod" };
  expect(said(making)).toBe("Making day 37 of 91 of prod Each is scanned as a day of a real cluster would be. You still see snapshot 36.");
  expect(draw(making)).toContain('aria-valuemax="91" aria-valuenow="36"');
});

it("cancels a scan, and stops a demo at the day that it is at", () => {
  expect(draw({})).toContain("Cancel the scan</button>");
  expect(draw({ day: { seq: 37, of: 91 } })).toContain("Stop here</button>");
});
