import { expect, it } from "vitest";
import { isUncounted, openWords } from "./overview-stand";

const counts = (high: number) => ({ critical: 0, high, medium: 0, low: 0, info: 0 });

it("calls nothing open only where everything was assessed", () => {
  const whole = [{ coverage: 1 }, { coverage: 1 }];
  const partly = [{ coverage: 1 }, { coverage: 0.4 }];
  expect(openWords({ open: counts(0), openBefore: null, layers: whole })).toBe("open");
  expect(openWords({ open: counts(0), openBefore: null, layers: partly })).toBe("known open");
  expect(openWords({ open: counts(0), openBefore: counts(7), layers: partly })).toBe("known open, 7 fewer");
  expect(openWords({ open: counts(3), openBefore: counts(3), layers: partly })).toBe("open, as many as before");
});

it("counts nothing where nothing could be assessed, but what is known from before", () => {
  const blind = [{ coverage: 0 }, { coverage: 0 }];
  expect(isUncounted({ layers: blind, open: counts(0), opened: 0, closed: 0 })).toBe(true);
  expect(isUncounted({ layers: blind, open: counts(3), opened: 0, closed: 0 })).toBe(false);
  expect(isUncounted({ layers: blind, open: counts(0), opened: 0, closed: 2 })).toBe(false);
  expect(isUncounted({ layers: [{ coverage: 0 }, { coverage: 0.1 }], open: counts(0), opened: 0, closed: 0 })).toBe(false);
});
