import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { ClauseControl, ClauseDto } from "@/lib/contracts/frameworks";
import { NO_COUNTS } from "@/lib/frameworks/clause-state";
import { ClauseRest } from "./clause-rest";

const toControl = (id: string): ClauseControl => ({
  id,
  title: id,
  severity: "low",
  state: "not-assessed",
  isSwitchedOff: false,
  disabled: null,
  counts: { ...NO_COUNTS, unknown: 1 },
  unassessed: { subjects: 1, stale: 0, isUnlisted: false, reasons: [], moreReasons: 0 },
});

function draw(controls: number, state: ClauseDto["state"]): string {
  const own = { id: "K06", title: "Components", group: null, gap: null, columns: [], rest: "the rest is in firewalls" };
  const all = Array.from({ length: controls }, (_, index) => toControl(`control-${index}`));
  const clause: ClauseDto = { ...own, state, counts: { ...NO_COUNTS, unknown: controls }, controls: all };
  return renderToStaticMarkup(createElement(ClauseRest, { clause }));
}

it("says what no control sees as a sentence of its own, and where the controls are folded what they could not tell before it", () => {
  expect(draw(1, "not-assessed")).toContain(">The rest is in firewalls<");
  expect(draw(9, "not-assessed")).toContain(">9 could not be assessed; the rest is in firewalls<");
  expect(draw(9, "fail")).toContain(">The rest is in firewalls<");
});
