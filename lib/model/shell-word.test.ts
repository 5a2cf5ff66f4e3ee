import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { toShellWord } from "./shell-word";

/** What the shell at hand, whichever it is, makes of a word. */
const read = (word: string): string => execFileSync("sh", ["-c", `printf '%s' ${word}`], { encoding: "utf8" });

test.each(["cart", "a b", "x;$(id)", "it's", "~root", "a*", "=ls", "", "ä\\n", "a/b:c@d"])("%j is one word", (name) => {
  expect(read(toShellWord(name))).toBe(name);
});

test("control characters are spelled out, byte by byte, and nothing ends the quotes where a shell does not know them", () => {
  const name = "a\n\u001b[201~\u0080'; echo ran; '\\";
  const word = toShellWord(name);
  expect(word).toBe("$'a\\012\\033[201~\\302\\200\\047; echo ran; \\047\\134'");
  expect([name, `$${word.slice(2, -1)}`]).toContain(read(word));
});

test("what turns the order of letters, or shows nothing, is spelled out too: a command is read before it is run", () => {
  const name = "ops\u202Egnp.troper\u200b";
  const word = toShellWord(name);
  expect(word).toBe("$'ops\\342\\200\\256gnp.troper\\342\\200\\213'");
  expect([name, `$${word.slice(2, -1)}`]).toContain(read(word));
  expect(toShellWord("می\u200cخواهم")).toBe("'می\u200cخواهم'");
});

test("a NUL, at which an argument would end, makes no name of another object", () => {
  expect(toShellWord("a\0b")).toBe("'a\u{fffd}b'");
});
