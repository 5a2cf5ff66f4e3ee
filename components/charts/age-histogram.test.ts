import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { AgeHistogram } from "./age-histogram";

it("says beside each bar how many of each severity it holds, for who has no pointer to hold over it", () => {
  const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  const html = renderToStaticMarkup(
    createElement(AgeHistogram, {
      bins: [
        { label: "0–7 d", counts: { ...none, critical: 2, low: 1200 } },
        { label: "8–30 d", counts: none },
      ],
    }),
  );
  const words = html
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  expect(words).toBe("0–7 d 1,202 findings 2 Critical 1,200 Low 8–30 d 0");
  expect(html).not.toContain("title=");
});
