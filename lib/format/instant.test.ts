import { expect, it, onTestFinished, vi } from "vitest";
import { formatDate, formatDay, formatInstant, formatInstantWithWeekday, formatShortInstant, formatTime, toTimeZone, toZone } from "./instant";
import { formatDays, formatDuration, formatRelative, formatSpan } from "./relative-time";

const at = new Date("2026-11-20T18:00:00Z");

it("writes a moment in the zone that is asked for", () => {
  expect(formatInstant(at, "UTC")).toBe("20 Nov 2026, 18:00 UTC");
  expect(formatInstant(at, "Europe/Berlin")).toMatch(/^20 Nov 2026, 19:00 (CET|GMT\+1)$/);
  expect(formatInstantWithWeekday(at, "UTC")).toBe("Fri 20 Nov 2026, 18:00 UTC");
  expect(formatShortInstant(at, "UTC")).toBe("20 Nov 18:00");
  expect(formatTime(at, "UTC")).toBe("18:00 UTC");
  expect(formatDay(at, "UTC")).toBe("20 Nov");
  expect(formatDate(at, "UTC")).toBe("20 Nov 2026");
});

it("midnight is 00:00 and the day follows the zone", () => {
  expect(formatInstant(new Date("2026-01-01T00:00:00Z"), "UTC")).toBe("1 Jan 2026, 00:00 UTC");
  expect(formatDate(new Date("2026-01-01T00:00:00Z"), "America/New_York")).toBe("31 Dec 2025");
});

it("writes the moments of a sentence in the zone of the page, and leaves all else", () => {
  const story = "It opened on 31 Dec 2025, 23:05 UTC. Release 5 Foo 2026, 10:00 UTC; it was fixed by 1 Jul 2026, 06:00 UTC.";
  expect(toZone(story, "UTC")).toBe(story);
  expect(toZone(story, "Asia/Kolkata")).toMatch(
    /^It opened on 1 Jan 2026, 04:35 (IST|GMT\+5:30)\. Release 5 Foo 2026, 10:00 UTC; it was fixed by 1 Jul 2026, 11:30 (IST|GMT\+5:30)\.$/,
  );
});

it("takes UTC where the browser knows no zone of its machine", () => {
  expect([undefined, "", "Etc/Unknown", "UTC+3", "Asia/Kolkata"].map(toTimeZone)).toEqual(["UTC", "UTC", "UTC", "UTC", "Asia/Kolkata"]);
});

it("says how long ago in one unit, and looks ahead as well", () => {
  const now = new Date("2026-11-24T20:00:00Z");
  expect(formatRelative(at, now)).toBe("4 days ago");
  expect(formatRelative(now, at)).toBe("in 4 days");
  expect(formatRelative(new Date("2026-11-24T19:59:30Z"), now)).toBe("just now");
  expect(formatRelative(new Date("2026-11-24T19:59:00Z"), now)).toBe("1 minute ago");
  expect(formatRelative(new Date("2026-03-11T00:00:00Z"), now)).toBe("8 months ago");
  expect(formatDuration(19 * 3_600_000)).toBe("19 hours");
  expect(formatDays(61 * 86_400_000)).toBe("61 d");
  expect(formatDays(1_095 * 86_400_000)).toBe("1,095 d");
  expect(formatDays(3_600_000)).toBe("under 1 d");
});

it("keeps a zone that is asked for again, and no number of them, however a cookie spells them", () => {
  const made = vi.spyOn(Intl, "DateTimeFormat");
  onTestFinished(() => made.mockRestore());
  const isMade = (zone: string): boolean => {
    made.mockClear();
    expect(toTimeZone(zone)).toBe(zone);
    return made.mock.calls.length > 0;
  };
  const name = "america/argentina/la_rioja";
  const spell = (at: number): string => [...name].map((letter, bit) => (at & (1 << bit) ? letter.toUpperCase() : letter)).join("");
  expect([isMade(name), isMade(name)]).toEqual([true, false]);
  for (let at = 1; at < 64; at += 1) isMade(spell(at));
  expect(isMade(name)).toBe(true);
});

it("calls a year twelve months, also where the line of one begins some days late", () => {
  const day = 86_400_000;
  expect(formatDuration(365 * day)).toBe("12 months");
  expect(formatDuration(364 * day)).toBe("11 months");
  expect([362, 730, 121, 92].map((days) => formatSpan(days * day - 60_000))).toEqual(["12 months", "2 years", "4 months", "92 days"]);
});
