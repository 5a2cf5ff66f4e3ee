import { expect, it } from "vitest";
import { hasFailed, showsFailure, tellSince } from "./finding-since";

const day = (date: number): string => `2026-10-${String(date).padStart(2, "0")}T06:00:00.000Z`;
const span = (date: number, state: string) => ({ from: { takenAt: day(date) }, state });

it("calls nothing open that nobody ever saw fail", () => {
  const blind = { openedAt: day(10), firstSeenAt: day(10), spans: [span(10, "unknown")] };
  expect(hasFailed(blind)).toBe(false);
  expect(tellSince({ ...blind, state: "not-failing" })).toEqual({ label: "Not assessed from", at: day(10), note: "First seen then", before: null });
  expect(tellSince({ ...blind, state: "gone" }).label).toBe("Not assessed from");
  expect(tellSince({ ...blind, state: "unknown" }).label).toBe("Not assessed since");
});

it("tells an earlier opening from a time in which it could not be assessed", () => {
  const again = { state: "open", openedAt: day(20), firstSeenAt: day(10) } as const;
  expect(tellSince({ ...again, spans: [span(10, "unknown"), span(20, "open")] })).toEqual({
    label: "Open since",
    at: day(20),
    note: undefined,
    before: "not assessed before",
  });
  expect(tellSince({ ...again, spans: [span(10, "open"), span(20, "open")] }).before).toBe("open before");
  expect(tellSince({ ...again, state: "fixed", spans: [span(10, "open"), span(20, "open")] }).label).toBe("Was open since");
});

it("calls nothing seen while another finding showed the same", () => {
  const uncovered = { state: "open", openedAt: day(10), firstSeenAt: day(20), spans: [span(10, "covered"), span(20, "open")] } as const;
  expect(tellSince(uncovered)).toEqual({ label: "Open since", at: day(10), note: "Another finding showed the same at first", before: null });
});

it("says of a moment before it when it is first seen, not when it opens again", () => {
  const later = { state: "not-yet", openedAt: day(20), firstSeenAt: day(10), spans: [span(10, "open"), span(20, "open")] } as const;
  expect(tellSince(later)).toEqual({ label: "First seen later", at: day(10), note: undefined, before: null });
});

it("shows how it failed later on the page of a moment before it, of which it has no past", () => {
  expect(showsFailure({ state: "not-yet", spans: [], reason: null })).toBe(true);
  expect(showsFailure({ state: "not-yet", spans: [], reason: "Nodes could not be read." })).toBe(false);
  expect(showsFailure({ state: "gone", spans: [span(10, "open")], reason: null })).toBe(true);
  expect(showsFailure({ state: "gone", spans: [span(10, "unknown")], reason: null })).toBe(false);
  expect(showsFailure({ state: "unknown", spans: [span(10, "open"), span(20, "unknown")], reason: "Nodes could not be read." })).toBe(false);
});
