import { expect, test } from "vitest";
import { momentWords, spanWords } from "./moment-words";

test("tells moments by their days where the reader is", () => {
  const [from, to] = [new Date("2025-12-31T22:30:00Z"), new Date("2026-01-01T01:00:00Z")];
  expect(momentWords(from, to, "UTC")).toEqual(["31 Dec 2025", "1 Jan 2026"]);
  expect(momentWords(from, to, "Asia/Kolkata")).toEqual(["1 Jan 04:00", "1 Jan 06:30"]);
});

test.each([
  ["2026-11-17T06:00:00Z", "2026-11-24T06:00:00Z", ["17 Nov", "24 Nov"]],
  ["2026-11-24T06:00:00Z", "2026-11-24T18:30:00Z", ["24 Nov 06:00", "24 Nov 18:30"]],
  ["2025-11-24T06:00:00Z", "2026-11-24T06:00:00Z", ["24 Nov 2025", "24 Nov 2026"]],
])("tells %s from %s", (from, to, words) => {
  expect(momentWords(new Date(from), new Date(to), "UTC")).toEqual(words);
});

test("names the ends of what is measured, on one day by the time; nothing is measured from nothing", () => {
  const [since, at] = [{ takenAt: "2026-11-24T06:00:00Z" }, { takenAt: "2026-11-24T06:02:00Z" }];
  expect(spanWords({ since, at }, "UTC")).toEqual({ from: "24 Nov 06:00", to: "24 Nov 06:02" });
  expect(spanWords({ since: null, at }, "UTC")).toBeNull();
  expect(spanWords({ since, at: null }, "UTC")).toBeNull();
});
