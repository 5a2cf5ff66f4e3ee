import { expect, it } from "vitest";
import { findAlone, joinParts, partAtSilence } from "./silent-times";
import { silentSentence, withSilence } from "./silent-words";

const at = (seq: number, day: number) => ({ seq, takenAt: new Date(Date.UTC(2026, 0, day)).toISOString() });
const SILENT = [
  { from: at(2, 2), to: at(3, 50) },
  { from: at(3, 50), to: at(4, 90) },
];

it("parts points where nobody scanned for long, and a line ends there, with its rows in order", () => {
  const parts = partAtSilence(
    [1, 2, 3, 4, 5].map((seq) => ({ seq, atMs: seq * 10, value: seq as number | null })),
    SILENT,
  );
  expect(parts.map((part) => part.map(({ seq }) => seq))).toEqual([[1, 2], [3], [4, 5]]);
  expect(joinParts(parts, (row) => ({ ...row, value: null })).map(({ atMs, value }) => [atMs, value])).toEqual([
    [10, 1],
    [20, 2],
    [21, null],
    [30, 3],
    [31, null],
    [40, 4],
    [50, 5],
  ]);
});

it("tells a snapshot between two silent times, which no line leads to", () => {
  expect(findAlone([1, 2, null, 3, null, 4, 5], (value) => value !== null)).toEqual([3]);
  expect(findAlone([1, null, 2], (value) => value !== null)).toEqual([1, 2]);
});

it("says in the table and to those who hear it between which days nobody scanned", () => {
  const rows = withSilence(
    [4, 1].map((seq) => ({ seq, cells: [String(seq), "9"] })),
    SILENT,
    "UTC",
  );
  expect(rows.map(({ cells }) => cells)).toEqual([
    ["4", "9"],
    ["No snapshot from 19 Feb to 31 Mar 2026"],
    ["No snapshot from 2 Jan to 19 Feb 2026"],
    ["1", "9"],
  ]);
  expect(silentSentence(SILENT, "UTC")).toBe(" No snapshot from 2 Jan to 19 Feb 2026 and from 19 Feb to 31 Mar 2026.");
  expect(silentSentence([], "UTC")).toBe("");
});
