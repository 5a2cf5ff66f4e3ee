import { expect, test } from "vitest";
import { findWeakest, type Layer } from "./layer";

const standing = (layer: Layer, score: number | null) => ({ layer, score });

test("the weakest layer is the one with the lowest score, of equal ones the outer", () => {
  expect(findWeakest([standing("cloud", 80), standing("cluster", 49), standing("container", 49)])).toEqual(standing("cluster", 49));
  expect(findWeakest([standing("cloud", 0), standing("cluster", 0)])).toEqual(standing("cloud", 0));
});

test("a layer without a score is not the weakest", () => {
  expect(findWeakest([standing("cloud", null), standing("cluster", 90)])).toEqual(standing("cluster", 90));
  expect(findWeakest([standing("cloud", null)])).toBeNull();
  expect(findWeakest([])).toBeNull();
});
