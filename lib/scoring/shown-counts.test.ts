import { expect, test } from "vitest";
import { shownCounts } from "./shown-counts";

test.each([
  ["all that was assessed where something was", { n: 5, failing: 1, waived: 1, stale: 4 }, { n: 5, failing: 1, waived: 1, stale: 4 }],
  ["no pass of an earlier scan where nothing was", { n: 5, failing: 1, waived: 1, stale: 5 }, { n: 2, failing: 1, waived: 1, stale: 2 }],
])("pages show %s", (_, tally, shown) => expect(shownCounts(tally)).toEqual(shown));
