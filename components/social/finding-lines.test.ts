import { expect, it } from "vitest";
import type { FindingResponse } from "@/lib/contracts/findings";
import { FINDING_STATE_WORDS } from "@/lib/format/finding-titles";
import { isFindingOver } from "./finding-lines";

it("calls only that over which fails no more or is not there, and nothing that nobody could assess", () => {
  const states = Object.keys(FINDING_STATE_WORDS) as FindingResponse["state"][]; // safe: it has a word for each
  expect(states.filter((state) => isFindingOver({ state }))).toEqual(["fixed", "not-failing", "gone"]);
});
