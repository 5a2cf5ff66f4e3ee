import { describe, expect, it } from "vitest";
import { isScanDue } from "./is-scan-due";

const hourly = { scheduleIntervalMinutes: 60, isSchedulePaused: false };
const at = (time: string) => new Date(`2026-11-25T${time}Z`);
const last = (time: string, state: "done" | "failed" | "queued" | "running" = "done") => ({ state, createdAt: at(time), isWorthRetry: false });

describe("isScanDue", () => {
  it("is true once the interval has passed, and for a cluster that was never scanned", () => {
    expect(isScanDue(hourly, last("10:00:00"), at("10:59:00"))).toBe(false);
    expect(isScanDue(hourly, last("10:00:00"), at("11:00:00"))).toBe(true);
    expect(isScanDue(hourly, null, at("10:00:00"))).toBe(true);
  });

  it("does not drift by a minute each time because the scheduler looked some seconds early", () => {
    expect(isScanDue(hourly, last("10:00:05"), at("11:00:01"))).toBe(true);
  });

  it("waits for a scan that runs or is about to, and tries again an interval after a failed one", () => {
    for (const state of ["running", "queued"] as const) expect(isScanDue(hourly, last("08:00:00", state), at("10:00:00"))).toBe(false);
    expect(isScanDue(hourly, last("09:30:00", "failed"), at("10:00:00"))).toBe(false);
    expect(isScanDue(hourly, last("09:00:00", "failed"), at("10:00:00"))).toBe(true);
  });

  it("waits for nothing after a scan that is worth a retry, but where nobody wants scans by schedule", () => {
    const interrupted = { ...last("09:59:50", "failed"), isWorthRetry: true };
    expect(isScanDue(hourly, interrupted, at("10:00:00"))).toBe(true);
    expect(isScanDue({ ...hourly, isSchedulePaused: true }, interrupted, at("10:00:00"))).toBe(false);
  });

  it("is true when the last scan began in the future, by a clock that was wrong", () => {
    expect(isScanDue(hourly, last("10:04:00"), at("10:00:00"))).toBe(false);
    expect(isScanDue(hourly, last("10:06:00"), at("10:00:00"))).toBe(true);
    expect(isScanDue(hourly, last("10:06:00", "running"), at("10:00:00"))).toBe(false);
  });

  it("is never true without an interval, or while the schedule is paused", () => {
    expect(isScanDue({ ...hourly, scheduleIntervalMinutes: null }, null, at("10:00:00"))).toBe(false);
    expect(isScanDue({ ...hourly, isSchedulePaused: true }, null, at("10:00:00"))).toBe(false);
  });
});
