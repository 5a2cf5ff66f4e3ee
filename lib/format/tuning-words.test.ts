import { expect, test } from "vitest";
import { ownControlsTitle, toSentence, trialTitle, tunedWords, tuningTitle } from "./tuning-words";

test.each([
  [{ off: 0, reweighted: 0, own: 0 }, ""],
  [{ off: 1, reweighted: 0, own: 0 }, "1 control is off"],
  [{ off: 0, reweighted: 1, own: 0 }, "1 control counts differently"],
  [{ off: 0, reweighted: 0, own: 1 }, "1 control is this cluster’s own"],
  [{ off: 2, reweighted: 1, own: 3 }, "2 controls are off, 1 counts differently and 3 are this cluster’s own"],
  [{ off: 0, reweighted: 2, own: 1 }, "2 controls count differently and 1 is this cluster’s own"],
])("%j reads %s", (counts, words) => {
  expect(tunedWords(counts)).toBe(words);
});

test("titles speak of nothing, one and many", () => {
  expect(tuningTitle({ off: 0, reweighted: 0 })).toBe("Every control is on, at its default severity");
  expect(tuningTitle({ off: 1, reweighted: 2 })).toBe("1 control is off and 2 count differently");
  expect([0, 1, 2].map(ownControlsTitle)).toEqual(["No own controls yet", "1 own control", "2 own controls"]);
});

test("a trial says what it came to", () => {
  const trial = { seq: 91, failing: 0, passing: 0, notAssessed: 0 };
  expect(trialTitle(trial)).toBe("Tried on snapshot 91: there is nothing it applies to");
  expect(trialTitle({ ...trial, failing: 1, passing: 1, notAssessed: 1 })).toBe("Tried on snapshot 91: 1 fails, 1 passes, 1 was not assessed");
  expect(trialTitle({ ...trial, failing: 1200, passing: 0 })).toBe("Tried on snapshot 91: 1,200 fail, 0 pass");
  expect(trialTitle({ ...trial, passing: 2, notAssessed: 2 })).toBe("Tried on snapshot 91: 0 fail, 2 pass, 2 were not assessed");
});

test("what a schema says becomes a sentence", () => {
  expect(toSentence("say why, in at least five characters")).toBe("Say why, in at least five characters.");
  expect(toSentence("Line 1, column 3: found ) but expecting the end.")).toBe("Line 1, column 3: found ) but expecting the end.");
});
