import { expect, test } from "vitest";
import { momentWords } from "./compare-titles";

test.each([
  ["2026-11-17T06:00:00Z", "2026-11-24T06:00:00Z", ["17 Nov", "24 Nov"]],
  ["2026-11-24T06:00:00Z", "2026-11-24T18:30:00Z", ["24 Nov 06:00", "24 Nov 18:30"]],
  ["2025-11-24T06:00:00Z", "2026-11-24T06:00:00Z", ["24 Nov 2025", "24 Nov 2026"]],
])("tells %s from %s", (from, to, words) => {
  expect(momentWords(new Date(from), new Date(to))).toEqual(words);
});
