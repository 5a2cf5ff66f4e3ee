import { expect, test } from "vitest";
import type { ListControlsResponse } from "@/lib/contracts/controls";
import type { OwnControlDto } from "@/lib/contracts/own-controls";
import type { TunedControl } from "@/lib/contracts/settings";
import { listTunable, toTunable } from "./to-tunable";

type Row = ListControlsResponse["controls"][number];

const plain = { disabled: null, reweighted: null, own: null, next: null };
const row = (id: string, part: Partial<Row> = {}): Row => ({
  id,
  layer: "container",
  severity: "high",
  maxSeverity: "high",
  title: `Title of ${id}`,
  why: "",
  fix: "",
  verify: "",
  lookFor: null,
  subject: "workload",
  tips: [],
  aliases: [],
  references: [],
  frameworks: [],
  reads: [],
  isRollUp: false,
  hasRemedy: false,
  counts: null,
  unassessed: { subjects: 0, stale: 0, isUnlisted: false, reasons: [], moreReasons: 0 },
  tuning: plain,
  ...part,
});
const own: OwnControlDto = { id: "own", title: "t", layer: "code", severity: "low", subject: "pod", expression: "true", message: "m", fix: "f" };
const tuned = (part: Partial<TunedControl>): TunedControl => ({
  id: "a",
  title: "Title of a",
  layer: "container",
  severity: "critical",
  disabled: null,
  reweighted: null,
  since: null,
  ...part,
});

test("an alias finds its control, and nothing else is found", () => {
  const rows = [row("a", { aliases: ["old-a"] })];
  expect(toTunable("old-a", rows, { tuned: [], ownControls: [] })).toMatchObject({ id: "a", severity: "high", disabled: null });
  expect(toTunable("b", rows, { tuned: [], ownControls: [] })).toBeNull();
});

test("the settings of now count, not those that the snapshot was judged with", () => {
  const then = { ...plain, reweighted: { from: "critical" as const, reason: "Was so." } };
  const rows = [row("a", { severity: "low", tuning: then })];
  expect(toTunable("a", rows, { tuned: [], ownControls: [] })).toMatchObject({ severity: "critical", reweighted: null });
  expect(toTunable("a", rows, { tuned: [tuned({ disabled: "Because." })], ownControls: [] })).toMatchObject({ severity: "critical", disabled: "Because." });
});

test("an own control that was taken away cannot be tuned", () => {
  const rows = [row("a"), row("own", { tuning: { ...plain, own: { subject: "pod", expression: "true", message: "m" } } })];
  expect(listTunable(rows, []).map(({ id }) => id)).toEqual(["a"]);
  expect(toTunable("own", rows, { tuned: [], ownControls: [] })).toBeNull();
  expect(listTunable(rows, [own]).map(({ id }) => id)).toEqual(["a", "own"]);
  expect(toTunable("own", rows, { tuned: [], ownControls: [own] })).toMatchObject({ severity: "low" });
});
