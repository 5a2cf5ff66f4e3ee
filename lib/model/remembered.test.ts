import { expect, test } from "vitest";
import { rememberedOf } from "./remembered";

test("an object is asked about once, whatever the answer is, and one that looks like it by itself", () => {
  const asked: object[] = [];
  const answerOf = rememberedOf((object: object) => {
    asked.push(object);
    return asked.length === 1 ? null : undefined;
  });
  const [one, other] = [{}, {}];
  expect([answerOf(one), answerOf(one), answerOf(other), answerOf(other)]).toEqual([null, null, undefined, undefined]);
  expect(asked).toHaveLength(2);
});
