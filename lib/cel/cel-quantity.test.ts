import { describe, expect, test } from "vitest";
import { evaluate } from "./testing-cel";

describe("quantities in an expression", () => {
  test.each([
    "quantity('1Gi') == quantity('1024Mi')",
    "quantity('1G') != quantity('1Gi')",
    "quantity('100m').add(quantity('200m')) == quantity('0.3')",
    "quantity('1').sub(quantity('1500m')).sign() == -1",
    "quantity('1').add(2) == quantity('3')",
    "quantity('1').sub(2) == quantity('-1')",
    "quantity('500m').isLessThan(quantity('1'))",
    "quantity('2Gi').isGreaterThan(quantity('2G'))",
    "quantity('8Ei').compareTo(quantity('9e18')) == 1",
    "quantity('1e3').asInteger() == 1000",
    "quantity('.5') == quantity('500m') && quantity('5.') == quantity('5')",
    "quantity('1E') == quantity('1000P')",
    "quantity('0.1n') == quantity('1n') && quantity('-0.1n') == quantity('-1n')",
    "quantity('50k').asApproximateFloat() == 50000.0",
    "quantity('1k').isInteger() && !quantity('1m').isInteger() && !quantity('16Ei').isInteger()",
    "quantity(1) == quantity('1') && quantity(0.5) == quantity('500m')",
    "isQuantity('1.5Gi') && !isQuantity('1.5gi') && !isQuantity('') && !isQuantity('.') && !isQuantity(' 1') && !isQuantity(true)",
    "quantity(object.limits.memory).isLessThan(quantity(object.requests.memory).add(quantity(object.requests.memory)))",
  ])("are exact: %s", (expression) => {
    expect(evaluate(expression, { limits: { memory: "1500Mi" }, requests: { memory: "1Gi" } })).toBe(true);
  });
  test.each([
    ["quantity('many').sign() == 1", /"many" is no amount such as 500m or 2Gi/],
    ["quantity('1m').asInteger() == 0", /the amount is no whole number/],
    ["quantity('16Ei').asInteger() == 0", /the amount is no whole number/],
    ["quantity('1').compareTo({'a': 'b'}) == 0", /no quantity/],
    ["quantity('1').compareTo('1') == 0", /overload/],
    [`quantity('${"9".repeat(60)}').sign() == 1`, /is no amount/],
    ["quantity('1e999999999').sign() == 1", /is no amount/],
  ])("say why they are none: %.60s", (expression, reason) => {
    expect(evaluate(expression)).toMatchObject({ reason: expect.stringMatching(reason) });
  });
});
