import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { ControlFacts } from "./control-facts";
import { ControlHow } from "./control-how";

const GONE = { fix: "", verify: "", lookFor: null, hasRemedy: false };
const NOTHING = { n: 0, failing: 0, unknown: 0, stale: 0, subsumed: 0, manual: 0 };
const labels = (html: string) => [...html.matchAll(/<dt[^>]*>(.*?)<\/dt>/g)].map(([, label]) => label);

it("tells of a control how to fix and to see it, and of one that this release does not have nothing that it does not know", () => {
  const known = renderToStaticMarkup(
    createElement(ControlHow, { control: { ...GONE, fix: "Drop it.", verify: "kubectl get pods" }, isOwn: false, isJudged: true }),
  );
  expect(known.replace(/<[^>]*>/g, "")).toMatch(/How to fix it.*Drop it\..*How to check it yourself.*kubectl get pods/);
  expect(renderToStaticMarkup(createElement(ControlHow, { control: GONE, isOwn: false, isJudged: true }))).toBe("");
});

const SEVERITY = { severity: "high", maxSeverity: "high" } as const;
const LISTS = { tips: [], aliases: [], references: [], frameworks: [], reads: [] };
const CONTROL = { ...GONE, ...SEVERITY, ...LISTS, id: "gone", layer: "container", title: "gone", why: "", subject: "cluster", isRollUp: false } as const;

it("names what a control asks only where that is known", () => {
  const factsOf = (asks: string | null) =>
    labels(renderToStaticMarkup(createElement(ControlFacts, { control: CONTROL, counts: null, platform: NOTHING, asks, base: "/c/one" })));
  expect(factsOf("cluster")).toEqual(["Severity", "Checks the", "Reads"]);
  expect(factsOf(null)).toEqual(["Severity"]);
});

it("says of a control that sums up others why it costs nothing, where nought points looked like a mistake", () => {
  const counts = { ...NOTHING, n: 63, failing: 40, waived: 0, notApplicable: 0, isSwitchedOff: false };
  const costOf = (isRollUp: boolean, cost: number) =>
    renderToStaticMarkup(
      createElement(ControlFacts, { control: { ...CONTROL, isRollUp }, counts: { ...counts, cost }, platform: NOTHING, asks: null, base: "/c/one" }),
    ).match(/Costs<\/dt><dd[^>]*>(.*?)<\/dd>/)?.[1];
  expect([costOf(true, 0), costOf(false, 0.5)]).toEqual(["nothing itself: the controls that it sums up do", "0.50 points before the cap"]);
});

it("says of patches only where it was judged: nobody's finding has one of a day before it was written", () => {
  const noteOf = (isOwn: boolean, isJudged: boolean, hasRemedy = false) =>
    renderToStaticMarkup(createElement(ControlHow, { control: { ...GONE, fix: "Drop it.", hasRemedy }, isOwn, isJudged })).match(
      /Own controls have no patch|No patch is safe for all|Each finding has a patch/,
    )?.[0];
  expect([noteOf(true, true), noteOf(false, true), noteOf(false, true, true)]).toEqual([
    "Own controls have no patch",
    "No patch is safe for all",
    "Each finding has a patch",
  ]);
  expect([noteOf(false, false), noteOf(false, false, true)]).toEqual([undefined, undefined]);
});
