import { fc } from "../model/testing-properties";
import { describe, expect, it } from "vitest";
import { createBodyArena } from "./body-arena";

describe("createBodyArena", () => {
  it("gives every text back, plain or packed, large or small", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.constant("a".repeat(400_000)))),
        fc.constantFrom(0, 50, 1 << 20),
        (texts, plainBytes) => {
          const arena = createBodyArena(plainBytes);
          const kept = texts.map((text) => arena.pack(JSON.stringify(text)));
          expect(kept.map((bytes) => JSON.parse(arena.unpack(bytes)))).toEqual(texts);
        },
      ),
    );
  });

  it("compresses what comes after the plain part is full", () => {
    const arena = createBodyArena(1000);
    const text = "a".repeat(2000);
    expect([arena.pack(text).length, arena.pack(text).length < 200]).toEqual([2001, true]);
  });
});
