import { expect, it } from "vitest";
import { layerScoreSchema } from "@/lib/contracts/score";
import { stepLead } from "./step-lead";

const scored = (score: number | null, coverage: number) =>
  layerScoreSchema.parse({
    ...{ layer: "cluster", score, raw: 88.9, cap: 100, capReason: null, isCapped: false, lower: 5, upper: 99, coverage },
    ...{ idle: 0, switchedOff: 0, sinceScore: null, sinceCoverage: null, open: { critical: 0, high: 0, medium: 1, low: 0, info: 0 } },
  });

it("says where a step leads, and nothing of a score that the layer does not have", () => {
  const step = { layer: "cluster", from: 88.88, to: 97.7 } as const;
  expect(stepLead(step, [scored(88.88, 0.8)])).toBe("88.9 \u2192 97.7");
  expect(stepLead(step, [scored(null, 0.06)])).toBe("not enough evidence");
});
