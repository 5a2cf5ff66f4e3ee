import { describe, expect, it } from "vitest";
import type { Layer } from "../model/layer";
import { ageTitle, costNote, costTitle, gapsTitle, heatTitle, planTitle, waterfallTitle } from "./chart-titles";
import {
  type CapHolder,
  capSentence,
  findingsTitle,
  type LayerStanding,
  layerTitle,
  nothingMovedSentence,
  openTitle,
  othersSentence,
  overviewTitle,
} from "./posture-titles";

function standing(layer: Layer, score: number | null, previous: number | null, raw = score): LayerStanding {
  return { layer, score, raw, previous, capped: raw !== score, coverage: 0.5 };
}
const four = [standing("cloud", 71, 70.4), standing("cluster", 49, 81.2, 78.4), standing("container", 66.6, 62.1), standing("code", 78.2, 74.3)];

describe("title sentences", () => {
  it("the overview names the weakest layer and its way", () => {
    expect(overviewTitle(four, "the last review")).toBe("Cluster is the weakest layer: 49, down 32 since the last review");
    expect(overviewTitle([standing("code", 80, 80.2)], "17 Nov")).toBe("Code is the weakest layer: 80, unchanged since 17 Nov");
    expect(overviewTitle([standing("code", 80, null)], "17 Nov")).toBe("Code is the weakest layer: 80");
    expect(overviewTitle([standing("code", null, null)], "17 Nov")).toBe("No layer has enough evidence for a score yet");
    expect(overviewTitle([], "17 Nov")).toBe("No layer has enough evidence for a score yet");
    const nothing = { ...standing("code", null, null), coverage: 1 };
    expect(overviewTitle([nothing, { ...nothing, layer: "cloud" }], "17 Nov")).toBe("There is nothing to judge yet, so no layer has a score");
    expect(overviewTitle([nothing, standing("cloud", null, null)], "17 Nov")).toBe("No layer has enough evidence for a score yet");
    expect(overviewTitle([nothing, standing("cloud", 80, null)], "17 Nov")).toBe("Cloud is the weakest layer: 80");
  });
  it("the overview names beside the weakest layer those that are shown at its score", () => {
    const level = [standing("cloud", 89, 89), standing("cluster", 69, 89, 88), standing("container", 69.2, 69, 84), standing("code", 84, 84)];
    expect(overviewTitle(level, "20 Nov")).toBe("Cluster is the weakest layer, level with container: 69, down 20 since 20 Nov");
    expect(
      overviewTitle(
        level.map((one) => ({ ...one, score: 69, previous: null })),
        "20 Nov",
      ),
    ).toBe("Cloud is the weakest layer, level with cluster, container and code: 69");
    expect(overviewTitle([standing("cluster", 68.4, null), standing("code", 68.6, null), standing("cloud", null, 68)], "20 Nov")).toBe(
      "Cluster is the weakest layer: 68",
    );
  });
  it("the overview calls none the weakest where all are level without a cap", () => {
    const perfect = [standing("cloud", null, null), standing("cluster", 100, 98), standing("container", 99.9, 96), standing("code", 100, 100)];
    expect(overviewTitle(perfect, "20 Nov")).toBe("Cluster, container and code are level at 100");
    expect(othersSentence(perfect)).toBe("Cluster and container rose. Code did not move.");
    const still = [standing("cluster", 100, 100), standing("code", 100, 100)];
    expect(overviewTitle(still, "20 Nov")).toBe("Cluster and code are level at 100, unchanged since 20 Nov");
    expect(othersSentence(still)).toBe("");
    expect(othersSentence([standing("cluster", 100, 98), standing("code", 100, 96)])).toBe("Cluster and code rose.");
  });
  it("the overview does not take a layer that cannot be seen for a better one", () => {
    expect(overviewTitle([standing("container", null, 60, 60), standing("code", 89, 89)], "17 Nov")).toBe(
      "Code is the weakest layer with enough evidence: 89, unchanged since 17 Nov",
    );
    expect(overviewTitle([standing("container", null, null), standing("code", 89, null)], "17 Nov")).toBe("Code is the weakest layer: 89");
  });
  it("the other layers are said in one breath when they agree", () => {
    expect(othersSentence(four)).toBe("The other three layers rose.");
    expect(othersSentence([standing("cloud", 10, 20), standing("code", 50, 60)])).toBe("The other layer fell.");
    expect(othersSentence([standing("cloud", 10, 20), standing("code", 50, 60), standing("cluster", 70, 60)])).toBe("Cluster rose. Code fell.");
    expect(othersSentence([standing("cloud", 10, null)])).toBe("");
  });
  it("a capped layer says what holds it", () => {
    const held = (reason: CapHolder["reason"], open: number) => layerTitle(standing("cluster", 49, 81, 78.4), { reason, open }, "17 Nov");
    expect(held("critical", 1)).toBe("Cluster: 49, capped by one open critical finding; 78 without it");
    expect(held("high", 36)).toBe("Cluster: 49, capped by 36 open high findings; 78 without them");
    expect(capSentence({ reason: "critical", open: 1 }, 69, 87.5)).toBe(" caps it at 69; without it the layer would score 88.");
    expect(capSentence({ reason: "critical", open: 2 }, 69, 87.5)).toBe(" cap it at 69; without them the layer would score 88.");
    expect(layerTitle(standing("cluster", null, 81), null, "17 Nov")).toBe("Cluster: not enough evidence, coverage 50 %");
    expect(layerTitle({ ...standing("container", null, 81), coverage: 1 }, null, "17 Nov")).toBe("Container: nothing to judge");
    expect(layerTitle(standing("code", 78, 74), null, "17 Nov")).toBe("Code: 78, up 4 since 17 Nov");
    expect(layerTitle(standing("code", 78, null), null, "17 Nov")).toBe("Code: 78");
  });
  it("findings agree in number", () => {
    expect(findingsTitle({ critical: 5, high: 556, total: 2802 }, 0)).toBe("5 critical and 556 high findings are open");
    expect(findingsTitle({ critical: 1, high: 0, total: 7 }, 0)).toBe("1 critical finding is open");
    expect(findingsTitle({ critical: 0, high: 0, total: 1 }, 0)).toBe("1 finding is open, none critical or high");
    expect(findingsTitle({ critical: 0, high: 0, total: 0 }, 0)).toBe("No findings are open");
    expect(findingsTitle({ critical: 0, high: 0, total: 0 }, 1)).toBe("Nothing is known to be open; 1 check was not assessed");
    expect(findingsTitle({ critical: 0, high: 0, total: 0 }, 1_240)).toBe("Nothing is known to be open; 1,240 checks were not assessed");
  });
  it("open counts compare with the baseline", () => {
    expect(openTitle({ total: 2802, critical: 5 }, { total: 2869, critical: 4 }, true)).toBe("2,802 open, 67 fewer; criticals went from 4 to 5");
    expect(openTitle({ total: 1, critical: 1 }, { total: 1, critical: 1 }, false)).toBe("1 open, as many as before; 1 critical, as before");
    expect(openTitle({ total: 0, critical: 0 }, null, true)).toBe("Nothing is open");
    expect(openTitle({ total: 0, critical: 0 }, null, false)).toBe("Nothing is known to be open");
    expect(openTitle({ total: 0, critical: 0 }, { total: 0, critical: 0 }, false)).toBe("Nothing is known to be open");
    expect(openTitle({ total: 0, critical: 0 }, { total: 3, critical: 0 }, true)).toBe("Nothing is open, 3 fewer; no criticals");
  });
  it("charts state their finding", () => {
    expect(planTitle([{ objects: 1, gain: 30 }], true)).toBe("Fix first: one object is worth 30 points");
    expect(planTitle([{ objects: 112, gain: 1.2 }], true)).toBe("Fix first: 112 objects are worth 1 point");
    expect(planTitle([{ objects: 2, gain: 0.2 }], true)).toBe("Fix first: two objects are worth less than one point");
    const capped = [0, 9.7, 0.8].map((gain) => ({ objects: 1, gain }));
    expect(planTitle(capped, true)).toBe("Fix first: two steps together are worth 10 points");
    expect(planTitle([{ objects: 1, gain: 30 }, ...capped], true)).toBe("Fix first: one object is worth 30 points");
    expect(planTitle([], true)).toBe("Nothing to fix first: no open finding costs points");
    expect(planTitle([], false)).toBe("What to fix first is unknown: no layer has a score");
    expect(
      waterfallTitle("cluster", [
        { name: "Fixed", points: 1.7 },
        { name: "Cap", points: -29.4 },
      ]),
    ).toBe("Why cluster moved: cap \u221229.4");
    expect(waterfallTitle("cluster", [{ name: "Fixed", points: 0 }])).toBe("Cluster did not move");
    const even = [
      { name: "Newly failing", points: -0.8 },
      { name: "Fixed", points: 0.1 },
      { name: "Cap", points: 0.7 },
    ];
    expect(waterfallTitle("cluster", even)).toBe("Cluster did not move: newly failing \u22120.8, cap +0.7");
    expect(ageTitle({ total: 2802, over90: 1411 }, ["high"], { measured: "all", isWhole: true })).toBe(
      "Half of it is older than 90 days; high misses its target",
    );
    expect(ageTitle({ total: 10, over90: 1 }, [], { measured: "all", isWhole: true })).toBe("1 of 10 is older than 90 days; every target is met");
    expect(ageTitle({ total: 10, over90: 1 }, [], { measured: "some", isWhole: true })).toBe("1 of 10 is older than 90 days; what was fixed met its target");
    expect(ageTitle({ total: 10, over90: 0 }, ["high", "low"], { measured: "all", isWhole: true })).toBe(
      "Nothing is known to be older than 90 days; high and low miss their targets",
    );
    expect(ageTitle({ total: 10, over90: 0 }, [], { measured: "none", isWhole: true })).toBe(
      "Nothing is known to be older than 90 days; nothing was fixed yet",
    );
    expect(ageTitle({ total: 0, over90: 0 }, [], { measured: "none", isWhole: false })).toBe("Nothing is known to be open, so no age is known");
    expect(heatTitle(["payments", "ci", "data-platform", "x"], "all")).toBe("payments, ci and data-platform cost the most");
    expect(heatTitle(["payments"], "all")).toBe("payments costs the most");
    expect(heatTitle(["payments", "", "ci"], "all")).toBe("payments, cluster-wide objects and ci cost the most");
    expect(heatTitle(["", "payments"], "all")).toBe("Cluster-wide objects and payments cost the most");
    expect((["all", "some", "none"] as const).map((assessed) => heatTitle([], assessed))).toEqual([
      "No namespace costs points",
      "No namespace is known to cost points",
      "What costs points could not be assessed",
    ]);
    expect([0, 1, 3].map((gaps) => gapsTitle(gaps, []))).toEqual([
      "Everything in scope was assessed",
      "Not assessed: one gap, one action",
      "Not assessed: three gaps, one action each",
    ]);
    expect(gapsTitle(0, [{ layer: "cluster", share: 0.24 }])).toBe("Not assessed: 24 % of cluster");
    expect(costTitle([1, 1, 4, 0], true)).toBe("1 of 4 failing controls makes half of the cost");
    expect(costTitle([2], true)).toBe("One failing control makes the whole cost");
    expect(costTitle([0, 2], true)).toBe("1 of 2 failing controls makes the whole cost");
    expect(costTitle([0], true)).toBe("The one failing control costs nothing");
    expect(costTitle([0, 0], true)).toBe("None of 2 failing controls costs points");
    expect(costTitle([], true)).toBe("No control fails");
    expect(costTitle([], false)).toBe("No control is known to fail");
  });

  it("say what costs add up to where the layer has a score, and name none where it has not", () => {
    expect(costNote({ score: 69, raw: 88.876 })).toBe("Costs before the cap; before rounding they add up to 100 minus 88.88");
    expect(costNote({ score: null, raw: 88.876 })).toBe("Costs before the cap");
    expect(costNote({ score: null, raw: null })).toBe("Costs before the cap");
  });
  it("an empty list of changes keeps no secret of what opened and closed without anybody's doing", () => {
    expect(nothingMovedSentence(true, false)).toBe("Nothing was fixed, and nothing new fails.");
    expect(nothingMovedSentence(true, true)).toBe("Nothing was fixed, and nothing new fails: what opened or closed did so for other reasons.");
    expect(nothingMovedSentence(false, false)).toBe("No fix and no new failure is known.");
  });
});
