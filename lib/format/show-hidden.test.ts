import { expect, test } from "vitest";
import { hasHidden, showHidden } from "./show-hidden";

test("what turns the order of letters, or shows nothing, is spelled out", () => {
  expect(showHidden("allow\u202e eton si siht\u2066")).toBe("allow\\u202E eton si siht\\u2066");
  expect(showHidden("ad\u200bmin\ufeff")).toBe("ad\\u200Bmin\\uFEFF");
  expect(showHidden("pay\u200dments")).toBe("pay\\u200Dments");
  expect(showHidden("a\u{e0041}")).toBe("a\\uDB40\\uDC41");
  expect(showHidden("ad\0min\u001b[2K\u007f\u009b")).toBe("ad\\u0000min\\u001B[2K\\u007F\\u009B");
});

test("letters of any script, emoji and the joiners that they need stay as they are", () => {
  for (const text of ["מרכז, العربية", "می\u200cخواهم", "क्\u200dष", "👩\u200d💻 ❤\ufe0f\u200d🔥 👍🏽", "naïve\n\ttext"]) {
    expect(hasHidden(text), text).toBe(false);
    expect(showHidden(text)).toBe(text);
  }
});
