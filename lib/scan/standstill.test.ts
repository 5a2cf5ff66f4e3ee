import { afterEach, expect, it, vi } from "vitest";
import { watchStandstill } from "./standstill";

const MINUTE_MS = 60_000;

afterEach(() => void vi.useRealTimers());

it("lets a scan take hours, as long as it goes on", () => {
  vi.useFakeTimers();
  using standstill = watchStandstill();
  vi.advanceTimersByTime(180 * MINUTE_MS);
  expect(() => standstill.refuse()).not.toThrow();
});

it("knows at the end that it stood still long ago", () => {
  vi.useFakeTimers();
  using standstill = watchStandstill();
  vi.setSystemTime(Date.now() + 20 * MINUTE_MS); // no timer goes by
  vi.advanceTimersByTime(30 * MINUTE_MS);
  expect(() => standstill.refuse()).toThrow(/stood still/);
});
