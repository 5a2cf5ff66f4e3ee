import { expect, test } from "vitest";
import { joinWords } from "./join-words";

test("words are joined as people say them, and counted where there are more than are said", () => {
  expect([joinWords([]), joinWords(["a"]), joinWords(["a", "b"]), joinWords(["a", "b", "c"])]).toEqual(["", "a", "a and b", "a, b and c"]);
  expect([joinWords(["a", "b", "c"], 3), joinWords(["a", "b", "c"], 2), joinWords(["a", "b", "c", "d"], 2), joinWords(["a", "b", "c", "d"], 1)]).toEqual([
    "a, b and c",
    "a, b and c",
    "a, b and 2 more",
    "a and 3 more",
  ]);
});
