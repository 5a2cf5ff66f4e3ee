import { expect, it } from "vitest";
import type { FindingResponse } from "@/lib/contracts/findings";
import { FINDING_STATE_WORDS } from "@/lib/format/finding-titles";
import { findingLines, isFindingOver } from "./finding-lines";

it("calls only that over which fails no more, is not there or was not seen yet, and nothing that nobody could assess", () => {
  const states = Object.keys(FINDING_STATE_WORDS) as FindingResponse["state"][]; // safe: it has a word for each
  expect(states.filter((state) => isFindingOver({ state }))).toEqual(["fixed", "not-failing", "gone", "not-yet"]);
});

it("says of a moment before it when it was seen first, not what became of it later", () => {
  const later = {
    state: "not-yet",
    severity: "high",
    shouldHold: "Containers do not run privileged",
    title: "Pod web runs privileged",
    firstSeenAt: "2026-11-20T06:00:00.000Z",
    openedAt: "2026-11-23T06:00:00.000Z",
    closedAt: "2026-11-24T06:00:00.000Z",
  } as unknown as FindingResponse; // safe: the parts that are read
  const words = ["High. Not yet seen, first seen on 20 Nov 2026.", "Control: Containers do not run privileged."];
  expect(findingLines(later)).toEqual(words);
  expect(findingLines({ ...later, closedAt: null })).toEqual(words);
});
