import { expect, it } from "vitest";
import { trendDays } from "./trend-days";

const days = (...taken: readonly string[]): string =>
  trendDays(
    taken.map((takenAt) => ({ takenAt })),
    "Europe/Berlin",
  );

it("names the first and the last day of a trend, with the year once where it is the same", () => {
  expect(days("2026-08-31T06:00:00Z", "2026-10-01T06:00:00Z", "2026-11-29T06:00:00Z")).toBe("31 Aug to 29 Nov 2026");
  expect(days("2025-11-29T06:00:00Z", "2026-11-29T06:00:00Z")).toBe("29 Nov 2025 to 29 Nov 2026");
  expect(days("2026-12-31T22:30:00Z", "2026-12-31T23:30:00Z")).toBe("31 Dec 2026 to 1 Jan 2027");
});

it("names a single day once, and none where nothing was scanned", () => {
  expect(days("2026-08-31T06:00:00Z")).toBe("31 Aug 2026");
  expect(days("2026-08-31T06:00:00Z", "2026-08-31T18:00:00Z")).toBe("31 Aug 2026");
  expect(days()).toBe("");
});
