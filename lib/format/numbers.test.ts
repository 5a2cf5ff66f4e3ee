import { describe, expect, it } from "vitest";
import { formatCount, formatInterval, formatNoun, formatPercent, formatPointChange, formatPoints, formatScore, formatScoreChange } from "./numbers";

describe("numbers as people read them", () => {
  it("groups thousands and writes a real minus", () => {
    expect(formatCount(2802)).toBe("2,802");
    expect(formatCount(-1234567)).toBe("\u22121,234,567");
    expect(formatCount(0)).toBe("0");
  });
  it("changes beside integer scores are the difference of the integers shown", () => {
    expect(formatScoreChange(62.1, 66.6)).toBe("+5");
    expect(formatScoreChange(81.2, 49)).toBe("\u221232");
    expect(formatScoreChange(70.9, 71.4)).toBe("0");
  });
  it("a score that lacks evidence is a question, neither 0 nor not applicable", () => {
    expect([formatScore(0), formatScore(48.6), formatScore(null)]).toEqual(["0", "49", "?"]);
  });
  it("a change that rounds to nothing reads 0 and not \u22120.0", () => {
    expect(formatPointChange(-0.04)).toBe("0");
    expect(formatPointChange(-0.04, 2)).toBe("\u22120.04");
    expect(formatPoints(-0.01)).toBe("0.0");
  });
  it("never rounds a share up to all or down to none", () => {
    expect(formatPercent(0.87)).toBe("87 %");
    expect(formatPercent(0.999)).toBe("99 %");
    expect(formatPercent(0.001)).toBe("1 %");
    expect(formatPercent(1)).toBe("100 %");
    expect(formatPercent(0)).toBe("0 %");
  });
  it("an interval with equal ends is one number", () => {
    expect(formatInterval(50.4, 79.4)).toBe("50\u201379");
    expect(formatInterval(66.6, 67.2)).toBe("67");
  });
  it("a noun agrees with 0, 1 and many", () => {
    expect([0, 1, 2].map((n) => formatNoun(n, "finding"))).toEqual(["no findings", "1 finding", "2 findings"]);
  });
});
