import { describe, expect, it } from "vitest";
import { balanceTitle, compareSentence, compareTitle, objectsSentence } from "./compare-titles";
import { layerMoveTitle, layerSentence, layerTrendTitle, openSentence, trendTitle } from "./layer-titles";
import {
  controlSentence,
  controlSentences,
  controlsTitle,
  elsewhereSentence,
  objectTitle,
  resourcesTitle,
  ringCaption,
  rollUpSentence,
  staleSentence,
} from "./object-titles";
import { formatBytes, scheduleWords, snapshotsTitle, sourcesTitle } from "./source-titles";

const bounds = { coverage: 0.87, lower: 67.6, upper: 81.2, capped: true, hasScore: true, idle: 0, switchedOff: 0 };
const standing = (layer: "cloud" | "cluster", previous: number | null, score: number | null) => ({
  layer,
  score,
  raw: score,
  capped: false,
  previous,
  coverage: score === null ? 0.5 : 1,
});
const DAY_MS = 86_400_000;

describe("sentences of a layer", () => {
  it("count what fails, passes and was not assessed, and say where the score lies", () => {
    expect(layerSentence({ failing: 52, passing: 24, notAssessed: 12 }, bounds)).toBe(
      "Of 88 controls, 52 fail, 24 pass and 12 were not assessed in full. Coverage 87 %, so without the cap the score lies between 68 and 81.",
    );
    expect(layerSentence({ failing: 1, passing: 1, notAssessed: 0 }, { ...bounds, coverage: 1, upper: 67.6 })).toBe(
      "Of 2 controls, 1 fails and 1 passes. Coverage 100 %.",
    );
    expect(layerSentence({ failing: 0, passing: 1, notAssessed: 0 }, { ...bounds, upper: 67.6 })).toBe("Of 1 control, none fails and 1 passes. Coverage 87 %.");
    expect(layerSentence({ failing: 1, passing: 0, notAssessed: 1 }, { ...bounds, coverage: 0.4, hasScore: false })).toBe(
      "Of 2 controls, 1 fails, 0 pass and 1 was not assessed in full. Coverage 40 %; a score needs 60 %.",
    );
    expect(layerSentence({ failing: 0, passing: 0, notAssessed: 113 }, { ...bounds, coverage: 0.01, hasScore: false })).toBe(
      "None of 113 controls could be assessed in full. Coverage 1 %; a score needs 60 %.",
    );
    expect(layerSentence({ failing: 0, passing: 0, notAssessed: 0 }, bounds)).toBe("No control of this layer found anything to judge.");
    expect(layerSentence({ failing: 0, passing: 0, notAssessed: 0 }, { ...bounds, idle: 12 })).toBe("No control of this layer found anything to judge.");
    const all = { failing: 1, passing: 1, notAssessed: 0 };
    expect(layerSentence(all, { ...bounds, coverage: 1, upper: 67.6, idle: 12, switchedOff: 1 })).toBe(
      "Of 2 controls, 1 fails and 1 passes. Coverage 100 %. Twelve more found nothing to judge. One more needs a source that is off.",
    );
    expect([1, 29].map((switchedOff) => layerSentence(all, { ...bounds, coverage: 1, upper: 67.6, switchedOff }))).toEqual([
      "Of 2 controls, 1 fails and 1 passes. Coverage 100 %. One more needs a source that is off.",
      "Of 2 controls, 1 fails and 1 passes. Coverage 100 %. 29 more need a source that is off.",
    ]);
  });

  it("say how a trend went, by the integers that are shown", () => {
    const at = (day: number, score: number) => ({ at: new Date(Date.UTC(2026, 9, day)).toISOString(), score });
    expect(layerTrendTitle([at(1, 81.2), at(11, 78), at(21, 75), at(31, 72)], "UTC")).toBe("Down 9 in 30 days");
    expect(layerTrendTitle([at(1, 61.6), at(2, 66.6)], "UTC")).toBe("Up 5 in 1 day");
    expect(layerTrendTitle([at(1, 61.6), at(2, 61.9)], "UTC")).toBe("Unchanged over 1 day");
    expect(layerTrendTitle([at(1, 61.6)], "UTC")).toBe("One snapshot so far");
    expect(layerTrendTitle([], "UTC")).toBe("There is no score in this time");
    expect(layerMoveTitle("17 Nov", 81.2, 49)).toBe("Since 17 Nov: \u221232");
    expect(layerMoveTitle("17 Nov", 49, 49)).toBe("Since 17 Nov: no change");
    const ramp = [at(1, 69), at(2, 86), at(20, 89), at(21, 69)];
    expect(layerTrendTitle(ramp, "UTC")).toBe("Fell 20 on 21 Oct, as low as on 1 Oct");
    expect(layerTrendTitle(ramp.slice(2), "UTC")).toBe("Fell 20 on 21 Oct");
    expect(layerTrendTitle([at(1, 60), ...ramp.slice(1)], "UTC")).toBe("Fell 20 on 21 Oct; up 9 in 20 days");
    expect(layerTrendTitle([...ramp, at(22, 88)], "UTC")).toBe("Up 19 in 21 days");
    const none = (day: number) => ({ at: new Date(Date.UTC(2026, 9, day)).toISOString(), score: null });
    expect(layerTrendTitle([none(1), at(2, 60), none(3), at(4, 65)], "UTC")).toBe("Up 5 in 2 days");
    expect(layerTrendTitle([at(1, 69), at(10, 85.7), none(11), none(12)], "UTC")).toBe("No score since 11 Oct; 86 on 10 Oct");
    expect(layerTrendTitle([none(1), none(2)], "UTC")).toBe("There is no score in this time");
  });

  it("say how all layers went: falls with their day, slopes over the whole time", () => {
    const at = (day: number, score: number) => ({ at: new Date(Date.UTC(2026, 9, day)).toISOString(), score });
    const fell = { layer: "cluster", scores: [at(1, 69), at(20, 89), at(21, 69)] } as const;
    const rose = { layer: "cloud", scores: [at(1, 75), at(21, 86)] } as const;
    const code = { layer: "code", scores: [at(1, 77), at(21, 84)] } as const;
    const sank = { layer: "container", scores: [at(1, 69), at(11, 67), at(21, 65)] } as const;
    expect(trendTitle([rose, fell, code], "UTC")).toBe("Cluster fell 20 on 21 Oct; in 20 days cloud rose 11 and code 7");
    expect(trendTitle([rose, sank], "UTC")).toBe("In 20 days cloud rose 11; container fell 4");
    expect(trendTitle([fell], "UTC")).toBe("Cluster fell 20 on 21 Oct");
    expect(trendTitle([{ layer: "code", scores: [at(1, 50), at(8, 50.2)] }], "UTC")).toBe("In 7 days no layer moved");
    expect(trendTitle([{ layer: "code", scores: [at(1, 50)] }], "UTC")).toBe("There is no earlier score to compare with");
    expect(trendTitle([], "UTC")).toBe("There is no earlier score to compare with");
    expect(trendTitle([{ layer: "code", scores: [{ at: at(1, 0).at, score: null }] }], "UTC")).toBe("There is no score in this time");
    const lost = { layer: "cluster", scores: [at(1, 69), at(10, 86), { at: new Date(Date.UTC(2026, 9, 21)).toISOString(), score: null }] } as const;
    expect(trendTitle([rose, lost, code], "UTC")).toBe("Cluster has had no score since 21 Oct; in 20 days cloud rose 11 and code 7");
    expect(trendTitle([lost, { layer: "code", scores: [at(1, 50), at(8, 50)] }], "UTC")).toBe(
      "Cluster has had no score since 21 Oct; in 7 days no other layer moved",
    );
    expect(trendTitle([lost], "UTC")).toBe("Cluster has had no score since 21 Oct");
  });

  it("count open findings", () => {
    expect([0, 1, 36].map((n) => openSentence(n, "critical"))).toEqual([
      "No critical findings are open",
      "One critical finding is open",
      "36 critical findings are open",
    ]);
  });
});

describe("sentences of objects and controls", () => {
  it("say how many controls an object fails and how grave the worst are", () => {
    const object = {
      name: "cart",
      met: 35,
      isMetKnown: true,
      failing: 11,
      notAssessed: 0,
      worst: "critical" as const,
      worstCount: 2,
      isUnread: false,
      graver: "",
    };
    expect(objectTitle(object)).toBe("cart fails 11 of 46 controls; 2 are critical");
    expect(objectTitle({ ...object, failing: 1, met: 0, worst: "high", worstCount: 1 })).toBe("cart fails 1 of 1 control, with high severity");
    expect(objectTitle({ ...object, worst: "low" })).toBe("cart fails 11 of 46 controls; 2 are low");
    expect(objectTitle({ ...object, worst: "info" })).toBe("cart fails 11 of 46 controls");
    expect(objectTitle({ ...object, failing: 1, worst: "low", worstCount: 1, graver: "its namespace has a high finding" })).toBe(
      "cart fails 1 of 36 controls, with low severity; its namespace has a high finding",
    );
    expect(objectTitle({ ...object, failing: 0, worst: null, graver: "its namespace has a high finding" })).toBe(
      "cart meets all 35 controls; its namespace has a high finding",
    );
    expect(objectTitle({ ...object, failing: 0, worst: null })).toBe("cart meets all 35 controls");
    expect(objectTitle({ ...object, met: 2, failing: 0, worst: null })).toBe("cart meets both controls");
    expect(objectTitle({ ...object, met: 1, failing: 0, worst: null })).toBe("cart meets the one control that applies to it");
    expect(objectTitle({ ...object, met: 1, failing: 0, notAssessed: 1, worst: null })).toBe("cart meets 1 control; 1 was not assessed");
    expect(objectTitle({ ...object, met: 0, failing: 0, notAssessed: 3, worst: null })).toBe("cart: nothing could be assessed");
    expect(objectTitle({ ...object, met: 0, failing: 0, worst: null })).toBe("cart: no control applies to it");
    const uncounted = { ...object, met: 0, isMetKnown: false };
    expect(objectTitle(uncounted)).toBe("cart fails 11 controls; 2 are critical");
    expect(objectTitle({ ...uncounted, failing: 0, worst: null })).toBe("cart fails no control");
    expect(objectTitle({ ...object, isUnread: true })).toBe("cart failed 11 of 46 controls when it was last read; 2 were critical");
    expect(objectTitle({ ...object, failing: 0, worst: null, isUnread: true })).toBe("cart met all 35 controls when it was last read");
  });

  it("caption a ring", () => {
    const of = (met: number, failing: number, notAssessed: number, staleMet = 0, staleFailing = 0) =>
      ringCaption({ met, isMetKnown: true, failing, notAssessed, staleMet, staleFailing });
    expect([of(5, 1, 0), of(10, 4, 2), of(4, 0, 0), of(1, 0, 0), of(1, 0, 2), of(0, 0, 0), of(5, 2, 1, 1, 1), of(5, 1, 0, 5, 1), of(4, 0, 0, 3)]).toEqual([
      "1 of 6 fails",
      "4 of 16 fail, 2 not assessed",
      "all 4 met",
      "1 of 1 met",
      "1 of 3 met, 2 not assessed",
      "no control applies",
      "2 of 8 fail, 1 not assessed, 2 as last assessed",
      "1 of 6 fails, all as last assessed",
      "all 4 met, 3 as last assessed",
    ]);
    const uncounted = (failing: number, notAssessed: number) =>
      ringCaption({ ...{ met: 0, isMetKnown: false, failing, notAssessed }, staleMet: 0, staleFailing: 0 });
    expect([uncounted(0, 0), uncounted(1, 0), uncounted(2, 3)]).toEqual(["none fails", "1 fails", "2 fail, 3 not assessed"]);
  });

  it("count resources, controls and subjects at none, one and many", () => {
    expect([
      resourcesTitle({ matching: 0, total: 0, failing: 0 }),
      resourcesTitle({ matching: 1, total: 1, failing: 1 }),
      resourcesTitle({ matching: 2800, total: 2800, failing: 214 }),
      resourcesTitle({ matching: 0, total: 9, failing: 0 }),
      resourcesTitle({ matching: 1, total: 9, failing: 0 }),
      resourcesTitle({ matching: 3, total: 9, failing: 0 }),
      resourcesTitle({ matching: 4, total: 2800, failing: 4 }),
      resourcesTitle({ matching: 4, total: 2800, failing: 1 }),
    ]).toEqual([
      "No resources are known",
      "1 resource; it has open findings",
      "2,800 resources; 214 have open findings",
      "None of 9 resources matches this view",
      "1 of 9 resources matches this view; it has no open findings",
      "3 of 9 resources match this view; none has open findings",
      "4 of 2,800 resources match this view; all have open findings",
      "4 of 2,800 resources match this view; 1 has open findings",
    ]);
    expect([0, 1, 12].map(staleSentence)).toEqual([
      "",
      "1 could not be read in this snapshot, and is shown as last read. ",
      "12 could not be read in this snapshot, and are shown as last read. ",
    ]);
    expect([
      controlsTitle({ all: 139, failing: 0, notAssessed: 0, sourceOff: 1 }),
      controlsTitle({ all: 139, failing: 1, notAssessed: 4, sourceOff: 27 }),
      controlsTitle({ all: 139, failing: 0, notAssessed: 112, sourceOff: 27 }),
    ]).toEqual([
      "None of 139 controls fails here; 1 needs a source that is off",
      "1 of 139 controls fails here; 4 could not be assessed in full; 27 need a source that is off",
      "No control is known to fail here; 112 of 139 could not be assessed in full; 27 need a source that is off",
    ]);
    expect([0, 1, 2].map(rollUpSentence)).toEqual([
      "",
      "1 of those that fail sums up others by Pod Security level: it costs nothing, and no layer counts it.",
      "2 of those that fail sum up others by Pod Security level: they cost nothing, and no layer counts them.",
    ]);
    expect(
      [
        [63, 3, 0],
        [63, 0, 2],
        [1, 0, 0],
        [0, 0, 0],
        [0, 0, 1],
        [5, 1, 1],
      ].map(([n = 0, failing = 0, unknown = 0]) => controlSentence({ n, failing, unknown, stale: 0 })),
    ).toEqual([
      "3 of 63 subjects fail.",
      "All 63 subjects that could be assessed meet it. 2 subjects could not be assessed.",
      "The one subject meets it.",
      "There is nothing here it applies to.",
      "Nothing was judged. 1 subject could not be assessed.",
      "1 of 5 subjects fails. 1 subject could not be assessed.",
    ]);
    expect(controlSentence({ n: 0, failing: 0, unknown: 0, stale: 0, manual: 1 })).toBe("1 subject needs review.");
    expect(controlSentence({ n: 0, failing: 0, unknown: 0, stale: 0, manual: 0 })).toBe("There is nothing here it applies to.");
    expect(controlSentence({ n: 0, failing: 0, unknown: 6, stale: 0, isSwitchedOff: true })).toBe("Nothing was judged: its source is off.");
    expect(controlSentence({ n: 63, failing: 3, unknown: 2, stale: 1 })).toBe(
      "3 of 63 subjects fail, 1 of them as last assessed. 2 subjects could not be assessed.",
    );
    expect(controlSentence({ n: 3, failing: 3, unknown: 0, stale: 3 })).toBe("3 of 3 subjects fail, as last assessed.");
    expect(controlSentence({ n: 3, failing: 0, unknown: 0, stale: 1 })).toBe("Nothing fails among 3 subjects, 1 of them as last assessed.");
  });
});

describe("sentences of a comparison", () => {
  it("name the weakest layer then and now", () => {
    expect(compareTitle(7 * DAY_MS, [standing("cloud", 62, 71), standing("cluster", 81, 49)])).toBe(
      "In 7 days the weakest layer changed from cloud, 62, to cluster, 49",
    );
    expect(compareTitle(7 * DAY_MS, [standing("cloud", 62, 64), standing("cluster", 81, 80)])).toBe(
      "In 7 days the weakest layer, cloud, went up from 62 to 64",
    );
    expect(compareTitle(DAY_MS, [standing("cloud", 69, 69), standing("cluster", 66, null)])).toBe(
      "In 1 day the weakest layer, cluster, 66, lost its evidence; the weakest with enough evidence is cloud: 69",
    );
    expect(compareTitle(DAY_MS, [standing("cloud", 69, 69), standing("cluster", null, 66)])).toBe(
      "In 1 day cluster got enough evidence and is the weakest layer: 66; before, it was cloud, 69",
    );
    expect(compareTitle(7.95 * DAY_MS, [standing("cloud", 62, 62)])).toBe("In 8 days the weakest layer, cloud, stayed at 62");
    expect(compareTitle(DAY_MS, [standing("cloud", 62, 62)])).toBe("In 1 day the weakest layer, cloud, stayed at 62");
    expect(compareTitle(DAY_MS, [standing("cloud", null, 62)])).toBe("Cloud is the weakest layer: 62");
    expect(compareTitle(DAY_MS, [standing("cloud", 62, null)])).toBe("In 1 day: no layer has enough evidence for a score");
  });

  it("tell what holds nothing to judge from what cannot be seen", () => {
    const nothing = { ...standing("cluster", 66, null), coverage: 1 };
    expect(compareTitle(DAY_MS, [standing("cloud", 69, 69), nothing])).toBe(
      "In 1 day the weakest layer, cluster, 66, was left with nothing to judge; the weakest of the others is cloud: 69",
    );
    expect(compareTitle(DAY_MS, [standing("cloud", 69, 69), { ...standing("cluster", null, 66), isNewlyJudged: true }])).toBe(
      "In 1 day cluster got something to judge and is the weakest layer: 66; before, it was cloud, 69",
    );
    expect(compareTitle(DAY_MS, [nothing])).toBe("In 1 day: no layer has anything to judge");
  });

  it("name no new weakest layer where two stand level", () => {
    const title = (cloud: readonly [number, number], cluster: readonly [number, number]): string =>
      compareTitle(7 * DAY_MS, [standing("cloud", ...cloud), standing("cluster", ...cluster)]);
    expect(title([69, 69.2], [89, 69])).toBe("In 7 days cluster went down from 89 to 69, level with cloud");
    expect(title([89, 69], [69, 69])).toBe("In 7 days cloud went down from 89 to 69, level with cluster");
    expect(title([60, 69], [69, 68.9])).toBe("In 7 days cloud went up from 60 to 69, level with cluster");
    expect(title([68.9, 69.1], [69, 69])).toBe("In 7 days the weakest layers, cloud and cluster, stayed at 69");
  });

  it("count what closed and opened, and say which layers moved", () => {
    const flow = (closed: number, opened: number, assessed = 0) => ({ closed, opened, assessed });
    expect(compareSentence(flow(149, 82), [standing("cloud", 62, 64), standing("cluster", 81, 49)], false)).toBe(
      "149 findings closed and 82 opened. Cloud rose by 2; cluster fell by 32.",
    );
    expect(compareSentence(flow(0, 1), [standing("cloud", 62, 61), standing("cluster", 81, 79)], false)).toBe(
      "0 findings closed and 1 opened. Cloud fell by 1 and cluster by 2.",
    );
    expect(compareSentence(flow(1, 0), [standing("cloud", 62, 62.2)], false)).toBe("1 finding closed and 0 opened. No score changed by a whole point.");
    expect(compareSentence(flow(0, 0), [standing("cloud", 62, null)], true)).toBe("0 findings closed and 0 opened. No layer has a score at both moments.");
    expect(compareSentence(flow(0, 0), [standing("cloud", 62, 62)], false)).toBe(
      "No finding is known to have closed or opened. No score changed by a whole point.",
    );
    const same = [standing("cloud", 62, 62)];
    expect([flow(3, 82, 12), flow(0, 1, 1)].map((one) => compareSentence(one, same, false))).toEqual([
      "3 findings closed and 82 opened, 12 of them not assessed before. No score changed by a whole point.",
      "0 findings closed and 1 opened, not assessed before. No score changed by a whole point.",
    ]);
    expect([
      balanceTitle(2869, 2802, false),
      balanceTitle(1, 2, false),
      balanceTitle(2, 2, false),
      balanceTitle(0, 0, true),
      balanceTitle(0, 0, false),
    ]).toEqual(["Findings: 67 fewer", "Findings: 1 more", "Findings: as many as before", "Findings: as many as before", "Findings: none is known to be open"]);
  });
});

describe("sentences of sources, snapshots and schedules", () => {
  it("hold at none, one and many", () => {
    expect([sourcesTitle(39, 0), sourcesTitle(0, 0), sourcesTitle(1, 2)]).toEqual([
      "39 kinds were read, all that was asked for",
      "No kinds were read",
      "1 kind was read; two could not be read",
    ]);
    const stamp = (seq: number) => ({ seq, takenAt: "2026-10-19T23:30:00.000Z" });
    const titles = [
      snapshotsTitle({ oldest: null, newest: null }, "UTC"),
      snapshotsTitle({ oldest: stamp(1), newest: stamp(1) }, "UTC"),
      snapshotsTitle({ oldest: stamp(1), newest: stamp(1187) }, "Europe/Berlin"),
    ];
    expect(titles).toEqual(["No snapshot yet", "1 snapshot, of 19 Oct 2026", "1,187 snapshots since 20 Oct 2026"]);
    expect([scheduleWords(null, false), scheduleWords(60, false), scheduleWords(15, true), scheduleWords(2880, false)]).toEqual([
      "only on demand",
      "every hour",
      "paused (every 15 minutes)",
      "every 2 days",
    ]);
    expect([formatBytes(999), formatBytes(22_000), formatBytes(2_250_000), formatBytes(455_007_668)]).toEqual(["999 B", "22 kB", "2.3 MB", "455 MB"]);
  });
});

it("says how many open findings are on no object of the list", () => {
  expect([0, 1, 135].map(elsewhereSentence)).toEqual([
    "",
    " 1 more open finding belongs to no object here, but to the cluster as a whole or to identities that only bindings name.",
    " 135 more open findings belong to no object here, but to the cluster as a whole or to identities that only bindings name.",
  ]);
});

it("says how many objects came and went, for none, one and many", () => {
  const say = (added: number, gone: number, isWhole = true, firstRead = 0) => objectsSentence({ added, gone, firstRead }, isWhole);
  expect(say(0, 0)).toBe("No object came or went.");
  expect(say(0, 0, false)).toBe("No object is known to have come or gone.");
  expect(say(1, 0)).toBe("1 object came and none went.");
  expect(say(0, 1200)).toBe("No objects came and 1,200 went.");
  expect(say(3, 1, false, 5)).toBe("3 objects came and 1 went; 5 more are of kinds not read before.");
  expect(say(0, 1, true, 1)).toBe("No objects came and 1 went; 1 is of a kind not read before.");
  expect(say(0, 0, true, 2)).toBe("No object is known to have come or gone; 2 are of kinds not read before.");
});

it("says of a control what it came to on the platform beside it, and of nothing else where it has subjects only there", () => {
  const none = { n: 0, failing: 0, unknown: 0, stale: 0 };
  const met = { ...none, n: 129 };
  const say = (platform: object, of: object = met) => controlSentences({ ...none, ...of }, { ...none, ...platform });
  expect(say({})).toBe("All 129 subjects meet it.");
  expect(say({}, none)).toBe("There is nothing here it applies to.");
  expect(say({ n: 4 }, none)).toBe("On the platform: all 4 subjects meet it.");
  expect(say({ n: 1_200, failing: 14 })).toBe("All 129 subjects meet it. On the platform: 14 of 1,200 subjects fail.");
  expect(say({ n: 3, failing: 3, stale: 3 })).toBe("All 129 subjects meet it. On the platform: 3 of 3 subjects fail, as last assessed.");
  expect(say({ unknown: 3 })).toBe("All 129 subjects meet it. On the platform: nothing was judged. 3 subjects could not be assessed.");
  expect(say({ unknown: 3 }, { unknown: 75, isSwitchedOff: true })).toBe("Nothing was judged: its source is off.");
  expect(say({}, { subsumed: 2 })).toBe("2 subjects fail under another control.");
});
