import { expect, test } from "vitest";
import { withTunedAt } from "./tuned-at";

const EARLY = "2026-11-01T08:00:00.000Z";
const NOW = new Date("2026-11-25T08:00:00Z");
const before = {
  disabledControls: { a: "Because of A." },
  reweightedControls: { b: { severity: "low", reason: "Because of B." } },
  tunedAt: { a: EARLY, b: EARLY },
};
const tunedAt = (after: object) => withTunedAt(before, { ...before, ...after }, NOW).tunedAt;

test("what is changed again counts from then, what stays keeps its time", () => {
  expect(tunedAt({ disabledControls: { a: "Another reason.", c: "Because of C." } })).toEqual({ a: NOW.toISOString(), b: EARLY, c: NOW.toISOString() });
});

test("what is put back is forgotten, what was never dated stays so", () => {
  expect(tunedAt({ reweightedControls: {} })).toEqual({ a: EARLY });
  expect(withTunedAt({ ...before, tunedAt: undefined }, before, NOW).tunedAt).toEqual({});
});

test("a control that changes from off to another severity is dated anew", () => {
  expect(tunedAt({ disabledControls: {}, reweightedControls: { a: { severity: "low", reason: "Because of A." } } })).toEqual({ a: NOW.toISOString() });
});
