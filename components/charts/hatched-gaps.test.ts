import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { HatchedGaps } from "./hatched-gaps";

it("writes beside a time what it is only where no other one is in the way", () => {
  const plot = { left: 0, right: 800, top: 0, bottom: 100, x: (atMs: number) => atMs, y: (value: number) => value };
  const silent = { fromMs: 200, toMs: 250, reason: "no snapshot", isSilent: true } as const;
  const words = (...beside: readonly number[]) => {
    const blind = beside.map((fromMs) => ({ fromMs, toMs: fromMs + 20, reason: "not enough evidence" }));
    const drawn = renderToStaticMarkup(createElement("svg", null, createElement(HatchedGaps, { gaps: [...blind, silent], plot, words: "beside" })));
    return [...drawn.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, said]) => said);
  };
  expect(words()).toEqual(["no snapshot"]);
  expect(words(300)).toEqual(["not enough evidence: not assessed"]);
  expect(words(500)).toEqual(["not enough evidence: not assessed", "no snapshot"]);
  expect(words(100)).toEqual(["no snapshot"]);
});
