import { expect, it } from "vitest";
import { type Elsewhere, elsewhereTitle, subjectsSentence } from "./elsewhere-words";

const NONE: Elsewhere = { isJudged: true, failing: 0, passing: 0, platform: 0, others: 0, othersNotAssessed: 0, othersManual: 0, othersCovered: 0 };

it.each<[Partial<Elsewhere>, string, string]>([
  [{}, "Same weakness nowhere else", "The control has no other subject."],
  [{ failing: 1 }, "Same weakness nowhere else", "The control has no other subject."],
  [{ failing: 1, platform: 1 }, "Same weakness nowhere else", "The control has no other subject."],
  [{ failing: 1, passing: 11, platform: 4 }, "Same weakness nowhere else", "11 of 12 subjects pass; 4 of the 12 are on the platform."],
  [{ failing: 2, passing: 1, platform: 1, others: 1 }, "Same weakness elsewhere: 1", "1 of 3 subjects passes; 1 of the 3 is on the platform."],
  [{ failing: 1, passing: 1, platform: 2 }, "Same weakness nowhere else", "1 of 2 subjects passes, all on the platform."],
  [{ passing: 1, platform: 1 }, "Same weakness nowhere else", "1 of 1 subject passes, on the platform."],
  [{ othersNotAssessed: 5 }, "Same weakness elsewhere: not known", "5 more were not assessed."],
  [{ failing: 1, othersNotAssessed: 1 }, "Same weakness elsewhere: not known", "1 more was not assessed."],
  [{ failing: 3, passing: 1200, others: 2, othersNotAssessed: 7 }, "Same weakness elsewhere: 2", "1,200 of 1,203 subjects pass. 7 more were not assessed."],
  [{ isJudged: false }, "Same weakness elsewhere: not known", "The control was not judged in this snapshot."],
  [{ othersManual: 5 }, "Same weakness elsewhere: not known", "5 more need review."],
  [{ failing: 1, othersCovered: 1 }, "Same weakness elsewhere: under other controls", "1 more fails under another control."],
  [
    { failing: 1, passing: 3, othersCovered: 2, othersNotAssessed: 1, othersManual: 1 },
    "Same weakness elsewhere: under other controls",
    "3 of 4 subjects pass. 2 more fail under other controls. 1 more was not assessed. 1 more needs review.",
  ],
])("says of the other subjects of a control what is known of them: %j", (counts, title, sentence) => {
  expect([elsewhereTitle({ ...NONE, ...counts }), subjectsSentence({ ...NONE, ...counts })]).toEqual([title, sentence]);
});
