import { expect, test } from "vitest";
import { daysBetween, isPast } from "./days";

test("counts whole days, backwards too", () => {
  expect(daysBetween("2026-11-25T12:00:00Z", "2026-12-01")).toBe(5);
  expect(daysBetween("2026-12-01", "2026-11-25")).toBe(-6);
  expect(daysBetween("", "2026-12-01")).toBeNaN();
});

test("lets a last day count to its end", () => {
  expect(isPast("2026-11-25", "2026-11-25T23:59:59Z")).toBe(false);
  expect(isPast("2026-11-25", "2026-11-26T00:00:00Z")).toBe(true);
});
