import { expect, test } from "vitest";
import { scopeSentence, switchedOffSentence } from "./opt-in-words";

const source = (kind: string, controls: number) => ({ kinds: [kind], controls });

test("controls that wait for a source are counted, in words that fit none, one and many", () => {
  expect(switchedOffSentence([])).toBe("");
  expect(switchedOffSentence([source("APIServerProbe", 1)])).toBe("1 control needs a source that is off: a probe of the API server from outside");
  expect(switchedOffSentence([source("KubeletConfiguration", 17), source("Secret", 3)])).toBe(
    "20 controls need a source that is off: kubelet settings (17) and Secret metadata (3)",
  );
});

test("a change of the scope names the sources that were switched", () => {
  expect(scopeSentence(null)).toBe("");
  expect(scopeSentence({ switchedOn: [], switchedOff: [] })).toBe("Settings changed in between, and so did what is judged");
  expect(scopeSentence({ switchedOn: ["Secret", "APIServerMetrics"], switchedOff: ["KubeletConfiguration"] })).toBe(
    "Settings changed in between, and so did what is judged; switched on: Secret metadata and API server metrics; switched off: kubelet settings",
  );
});
