import { expect, it } from "vitest";
import { mainReason, mainReasonOf, moreReasonsWords, reasonCountWords } from "./reason-words";

const reason = (text: string, subjects: number, stale = 0, isUnlisted = false) => ({ reason: text, subjects, stale, isUnlisted });

it("says how many subjects a reason is about, as far as anybody knows", () => {
  expect([reason("", 0, 0, true), reason("", 1), reason("", 23, 3), reason("", 2, 2, true), reason("", 23, 0, true)].map(reasonCountWords)).toEqual([
    "not all of its subjects are listed",
    "1 subject",
    "23 subjects, 3 of them as last assessed",
    "2 subjects, as last assessed, and what could not be listed",
    "23 subjects, and what could not be listed",
  ]);
});

it("gives the commonest reason in one line, and counts the others", () => {
  const [pods, other] = [reason("Pods are refused.", 23), reason("The node is silent.", 2)];
  expect(mainReason({ reasons: [], moreReasons: 0 })).toBe("");
  expect(mainReason({ reasons: [pods], moreReasons: 0 })).toBe("Pods are refused.");
  expect(mainReason({ reasons: [pods, other], moreReasons: 0 })).toBe("Pods are refused. And 1 other reason.");
  expect(mainReason({ reasons: [pods, other], moreReasons: 4 })).toBe("Pods are refused. And 5 other reasons.");
  expect([0, 1, 2].map(moreReasonsWords)).toEqual(["", "1 other reason.", "2 other reasons."]);
});

it("puts the reasons of several controls together", () => {
  const [pods, silent] = [reason("Pods are refused.", 0, 0, true), reason("The node is silent.", 2)];
  expect(
    mainReasonOf([
      { reasons: [pods], moreReasons: 0 },
      { reasons: [silent], moreReasons: 0 },
      { reasons: [pods], moreReasons: 0 },
      { reasons: [pods], moreReasons: 0 },
    ]),
  ).toBe("Pods are refused. And 1 other reason.");
});
