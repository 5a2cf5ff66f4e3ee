import { expect, it } from "vitest";
import { toSnapshotInstant } from "./snapshot-instant";

const last = { seq: 7, takenAt: new Date("2026-11-20T06:00:00.500Z") };
const at = (text: string): Date => toSnapshotInstant(new Date(text), last);

it("is the machine's time, where nothing was taken later", () => {
  expect(at("2026-11-20T06:00:00.501Z").toISOString()).toBe("2026-11-20T06:00:00.501Z");
  expect(toSnapshotInstant(new Date(0), null)).toEqual(new Date(0));
});

it("comes after the last snapshot when the clock was put back a little", () => {
  for (const text of ["2026-11-20T06:00:00.500Z", "2026-11-20T05:55:00.500Z"]) expect(at(text).toISOString()).toBe("2026-11-20T06:00:00.501Z");
});

it("is refused when the clock is far behind", () => {
  expect(() => at("2026-11-20T05:55:00.499Z")).toThrow(
    "The clock of this machine shows 20 Nov 2026, 05:55 UTC, 5 minutes before snapshot 7 was taken (20 Nov 2026, 06:00 UTC)",
  );
  expect(() => at("1970-01-01T00:00:03Z")).toThrow("56 years before snapshot 7");
});
