import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { type HeatCell, HeatMap } from "./heat-map";

function drawFigures(points: readonly number[]): readonly string[] {
  const cells = Object.fromEntries(LAYERS.map((layer, index) => [layer, { kind: "points", points: points[index] ?? 0, worst: null }])) as Record<
    Layer,
    HeatCell
  >;
  const html = renderToStaticMarkup(createElement(HeatMap, { rows: [{ name: "payments", cells }] }));
  return [...html.matchAll(/<td class="hc[^>]*>.*?<span>([^<]*)<\/span><\/td>/g)].map(([, figure]) => figure ?? "");
}

it("tells a cell that costs nothing from one that costs too little for a figure", () => {
  expect(drawFigures([0, 0.02, 0.05, 11.24])).toEqual(["0", "&lt;0.1", "0.1", "11.2"]);
});
