import { describe, expect, it } from "vitest";
import { parseRetryAfter, retryDelayMs } from "./retry-delay";

const now = new Date("2026-11-25T00:00:00Z");

describe("parseRetryAfter", () => {
  it.each([
    ["2", 2000],
    ["0", 0],
    ["3600", 30_000],
    ["Wed, 25 Nov 2026 00:00:05 GMT", 5000],
    ["Wed, 25 Nov 2020 00:00:05 GMT", 0],
    ["soon", null],
    ["", null],
    [null, null],
  ])("reads %j as %j ms", (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });
});

describe("retryDelayMs", () => {
  it("doubles from try to try, spread by chance, up to eight seconds", () => {
    expect(retryDelayMs(1, null, 0)).toBe(125);
    expect(retryDelayMs(3, null, 0)).toBe(500);
    expect(retryDelayMs(20, null, 0.999)).toBeLessThanOrEqual(8000);
  });

  it("waits at least as long as the server asked for", () => {
    expect(retryDelayMs(1, 2000, 0)).toBe(2000);
    expect(retryDelayMs(1, 2000, 0.9)).toBeGreaterThan(2000);
  });
});
