import { SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { Layer } from "@/lib/model/layer";
import type { LayerReading } from "./layer-reading";
import { StandTable } from "./stand-table";

function reading(layer: Layer, score: number | null): LayerReading {
  return { layer, score, raw: score, lower: score ?? 0, upper: score ?? 100, capped: false, coverage: score === null ? 0.2 : 1, previous: null };
}

function countWeakest(...readings: readonly LayerReading[]): number {
  const rows = readings.map((one) => ({ reading: one, href: "/", critical: 0, high: 0, switchedOff: 0 }));
  const table = createElement(StandTable, { rows, baseline: null });
  const html = renderToStaticMarkup(createElement(SearchParamsContext.Provider, { value: new URLSearchParams() }, table));
  return html.split("weakest").length - 1;
}

it("marks each layer that is shown at the lowest score, and none where all are", () => {
  expect(countWeakest(reading("cloud", 89), reading("cluster", 69), reading("container", 69.2), reading("code", null))).toBe(2);
  expect(countWeakest(reading("cloud", null), reading("cluster", 100), reading("container", 100))).toBe(0);
});
