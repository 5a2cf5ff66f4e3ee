import { expect, it } from "vitest";
import { type CatalogueRow, countFacet, filterControls, parseCatalogueFilter, resultOf } from "./filter-controls";

const counts = { n: 3, failing: 1, waived: 0, unknown: 0, stale: 0, notApplicable: 0, subsumed: 0, manual: 0, isSwitchedOff: false, cost: 1 };
const control = (values: Partial<CatalogueRow>): CatalogueRow => ({
  id: "host-pid",
  layer: "container",
  severity: "high",
  maxSeverity: "high",
  title: "Pods keep their own process list",
  why: "w",
  fix: "f",
  verify: "v",
  lookFor: null,
  subject: "workload",
  tips: ["S4"],
  aliases: ["pid-shared"],
  references: [],
  frameworks: [{ framework: "MITRE ATT&CK", clause: "T1611", key: "mitre", id: "T1611" }],
  reads: [],
  isRollUp: false,
  hasRemedy: true,
  counts,
  unassessed: { subjects: 0, stale: 0, isUnlisted: false, reasons: [], moreReasons: 0 },
  tuning: { disabled: null, reweighted: null, own: null, next: null },
  ...values,
});
const rows = [
  control({}),
  control({
    id: "secret-in-config",
    layer: "code",
    severity: "critical",
    tips: ["S10"],
    aliases: [],
    title: "ConfigMaps hold no secrets",
    counts: { ...counts, failing: 0 },
  }),
  control({ id: "audit", aliases: [], layer: "cluster", counts: { ...counts, n: 0, failing: 0, unknown: 1 } }),
  control({ id: "none", aliases: [], counts: null }),
];
const ids = (search: Record<string, string>) => filterControls(rows, parseCatalogueFilter(search)).map((row) => row.id);

it("joins values of one facet by or, and facets by and", () => {
  expect(ids({})).toHaveLength(4);
  expect(ids({ layer: "code,cluster" })).toEqual(["secret-in-config", "audit"]);
  expect(ids({ layer: "code,cluster", severity: "high" })).toEqual(["audit"]);
});

it("finds a control by an old name, and by words of its title in any order", () => {
  expect(ids({ q: "pid-shared" })).toEqual(["host-pid"]);
  expect(ids({ q: "secrets configmaps" })).toEqual(["secret-in-config"]);
});

it("says what each control came to", () => {
  expect(rows.map(resultOf)).toEqual(["fails", "passes", "not-assessed", "no-subject"]);
  expect(resultOf(control({ counts: { ...counts, n: 0, failing: 0, unknown: 6, isSwitchedOff: true } }))).toBe("source-off");
  expect(resultOf(control({ counts: { ...counts, failing: 0, unknown: 60 } }))).toBe("not-assessed");
  expect(ids({ result: "not-assessed" })).toEqual(["audit"]);
});

it("counts a facet as the other facets leave it, in the order of numbers in names", () => {
  expect([...countFacet(rows, parseCatalogueFilter({ severity: "high" }), "severity")]).toEqual([
    ["critical", 1],
    ["high", 3],
  ]);
  expect([...countFacet(rows, parseCatalogueFilter({ layer: "code" }), "tip")]).toEqual([
    ["S4", 0],
    ["S10", 1],
  ]);
});

it("knows what was changed here: what is off is that alone, and no longer without a subject", () => {
  const plain = { disabled: null, reweighted: null, own: null, next: null };
  const reweighted = { from: "high", reason: "One tenant." } as const;
  const own = { subject: "pod", expression: "true", message: "m" };
  const tuned = [
    ...rows,
    control({ id: "off", counts: null, tuning: { ...plain, disabled: "Not here.", reweighted } }),
    control({ id: "lighter", tuning: { ...plain, reweighted } }),
    control({ id: "ours", tuning: { ...plain, reweighted, own } }),
  ];
  const changed = (value: string) => filterControls(tuned, parseCatalogueFilter({ tuning: value })).map((row) => row.id);
  expect([changed("off"), changed("reweighted"), changed("own"), changed("off,own")]).toEqual([["off"], ["lighter", "ours"], ["ours"], ["off", "ours"]]);
  expect(tuned.slice(4).map(resultOf)).toEqual(["off", "fails", "fails"]);
});
