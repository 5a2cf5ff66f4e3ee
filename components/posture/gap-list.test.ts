import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { GapList } from "./gap-list";

function countOf(action: string, actions: readonly (string | null)[], shown = actions.length): number {
  const gaps = actions.map((own, index) => ({
    kinds: [`Kind${index}`],
    status: "forbidden" as const,
    reason: "It is refused.",
    action: own,
    controls: 1,
    shares: [],
  }));
  return renderToStaticMarkup(createElement(GapList, { gaps, shown })).split(action).length - 1;
}

it("says once what closes every gap, and each its own where they differ", () => {
  expect(countOf("Grant it.", ["Grant it.", "Grant it.", "Grant it."])).toBe(1);
  expect(countOf("Grant it.", ["Grant it.", "Grant it.", "Scan again."])).toBe(2);
  expect(countOf("Grant it.", ["Grant it.", null])).toBe(1);
  expect(countOf("Grant it.", ["Grant it."])).toBe(1);
  expect(countOf("Grant it.", ["Grant it.", "Grant it.", "Scan again."], 2), "one that has no room differs").toBe(2);
});
