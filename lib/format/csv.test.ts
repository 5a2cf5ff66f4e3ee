import { expect, it } from "vitest";
import { toCsvLine } from "./csv";

it("quotes commas, quotes and line ends, and leaves nothing empty that was not", () => {
  expect(toCsvLine(["a", 'say "b", c', "d\ne", null, 1.5, true])).toBe('a,"say ""b"", c","d\ne",,1.5,true\r\n');
});

it("lets no text run as a formula", () => {
  for (const risky of ["=cmd|' /C calc'!A0", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"]) expect(toCsvLine([risky]).replace(/^"/, "")).toMatch(/^'/);
  expect(toCsvLine([-2, "a=b; c -d"])).toBe("-2,a=b; c -d\r\n");
});

it("lets no text begin a cell of its own that runs as a formula, where spreadsheets part cells by semicolons or tabs", () => {
  expect(toCsvLine(["a;=b", "c\t@d;;+e"])).toBe("a;'=b,c\t'@d;;'+e\r\n");
  expect(toCsvLine(["x", 'a\n=b\r\n+c\n\nd;"-e"'])).toBe(`x,"a\n'=b\r\n'+c\n\nd;""'-e"""\r\n`);
});
