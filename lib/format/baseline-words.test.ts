import { expect, it } from "vitest";
import { baselineWords } from "./baseline-words";

const before = (at: string): string => baselineWords(new Date(at), new Date("2026-11-24T06:00:00Z"));

it("says how far back the baseline is, or that the history is shorter", () => {
  expect(before("2026-11-17T06:00:00Z")).toBe("seven days before");
  expect(before("2026-11-16T07:05:00Z")).toBe("eight days before");
  expect(before("2026-11-04T06:00:00Z")).toBe("20 days before");
  expect(before("2026-11-17T06:00:01Z")).toBe("first snapshot");
});
