import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { NowWords } from "./now-words";

const NOW = "2026-11-30T12:00:00.000Z";

/** On a desk and on a phone. */
function said(at: string, isOtherYear = false): readonly (string | undefined)[] {
  const html = renderToStaticMarkup(createElement(NowWords, { at, now: NOW, isOtherYear })).replace(/<time[^>]*>|<\/time>/g, "");
  const without = (part: string) => html.replace(new RegExp(`<span class="${part}[^"]*">[^<]*</span>`, "g"), "").replace(/<[^>]*>/g, "");
  return [without("only-phone"), without("only-desk")];
}

it("says how old what is called now is, on a phone too, once it is of another day", () => {
  expect(said("2026-11-30T06:00:00.000Z")).toEqual(["now, 30 Nov 06:00", "now"]);
  expect(said("2026-11-10T06:00:00.000Z")).toEqual(["now, 10 Nov 06:00 · 20 days ago", "now, 10 Nov"]);
  expect(said("2025-11-10T06:00:00.000Z", true)).toEqual(["now, 10 Nov 2025, 06:00 UTC · 12 months ago", "now, 10 Nov 2025"]);
});
