import fc from "fast-check";
import { expect, it } from "vitest";
import { packIds, unpackIds } from "./id-bits";

it("gives back any ids, in order and once each", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 2 ** 40 }))), (ids) => {
      expect(packIds(ids).flatMap(unpackIds)).toEqual([...new Set(ids)].sort((a, b) => a - b));
    }),
  );
});

it("takes little room, whether ids are near each other or far", () => {
  const near = packIds(Array.from({ length: 11_000 }, (_, at) => 40_000 + at + (at >> 3)));
  expect(near.map(({ bits }) => bits.length)).toEqual([1_547]);
  expect(packIds([1, 2 ** 40]).map(({ bits }) => bits.length)).toEqual([1, 1]);
});
