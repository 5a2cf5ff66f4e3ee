import { expect, it } from "vitest";
import { createSyncMark } from "./sync-mark";

it("begins a little before the last round, and at the beginning where there was none or the clock was put back", () => {
  const clock = { nowMs: 1_000_000, passedMs: 50 };
  const mark = createSyncMark(
    () => clock.nowMs,
    () => clock.passedMs,
  );
  const after = (nowMs: number, passedMs: number): number => {
    clock.nowMs += nowMs;
    clock.passedMs += passedMs;
    return mark.next();
  };
  expect(after(0, 0)).toBe(0);
  expect(after(30_000, 30_000)).toBe(998_000);
  expect(after(10_000, 30_000)).toBe(0); // put back by 20 seconds, and still later than the last round
  expect(after(30_000, 30_000)).toBe(1_038_000);
  expect(after(-86_400_000, 5_000)).toBe(0);
  expect(after(86_400_000, 5_000)).toBe(1_070_000 - 86_400_000 - 2_000); // put forward, or the machine slept
});
