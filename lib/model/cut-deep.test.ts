import { expect, it } from "vitest";
import { cutDeep } from "./cut-deep";
import { record } from "./json";

/** An object with so many levels below the first. */
function nested(levels: number): object {
  return JSON.parse(`${'{"a":'.repeat(levels)}{}${"}".repeat(levels)}`) as object;
}

function levelsOf(value: unknown): { levels: number; end: unknown } {
  let levels = 0;
  let end = value;
  for (; Object.hasOwn(record(end), "a"); levels += 1) end = record(end).a;
  return { levels, end };
}

it("leaves what is not too deep as it is", () => {
  const object = nested(99);
  expect(cutDeep(object)).toBe(object);
});

it("says in place of what is too deep that it is left out, however deep it goes", () => {
  for (const levels of [100, 900, 5_000, 50_000])
    expect(levelsOf(cutDeep(nested(levels)))).toEqual({ levels: 100, end: "(nested deeper than 100 levels, left out)" });
});

it("cuts lists as well, and keeps everything beside them", () => {
  const list = JSON.parse(`{"kept":[1,null,"x"],"deep":${"[".repeat(50_000)}${"]".repeat(50_000)}}`) as { kept: unknown; deep: unknown };
  const after = cutDeep(list);
  expect(after.kept).toEqual([1, null, "x"]);
  expect(JSON.stringify(after)).toMatch(/^\{"kept":\[1,null,"x"\],"deep":\[{99}"\(nested [^"]+"\]{99}\}$/);
});

it("refuses what contains itself, at once, however often it does", () => {
  const endless: Record<string, unknown> = { kept: 1 };
  for (const name of ["left", "right"]) endless[name] = [endless];
  expect(() => cutDeep(endless)).toThrow(new TypeError("it contains itself"));
});
