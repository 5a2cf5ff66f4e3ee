import { expect, test } from "vitest";
import { countCpuMs } from "../model/testing-cpu-ms";
import { evaluate } from "./testing-cel";

test.each([
  "'a,b,c'.split(',', 2) == ['a', 'b,c'] && 'a,b,c'.split(',', 1) == ['a,b,c'] && 'a,b,c'.split(',', 0) == []",
  "'a,b,c'.split(',', -1) == ['a', 'b', 'c'] && 'a,b'.split(',', 9) == 'a,b'.split(',')",
  "'a😀c'.split('') == ['a', '😀', 'c'] && 'a😀c'.split('', 2) == ['a', '😀c']",
  "'registry.example/shop/app'.split('/', 2)[1] == 'shop/app'",
  "'aaa'.replace('a', 'b', 2) == 'bba' && 'aaa'.replace('a', 'b', 0) == 'aaa' && 'aaa'.replace('a', 'aa', -1) == 'aaaaaa'",
  "'abc'.replace('', '-') == '-a-b-c-' && 'abc'.replace('', '-', 2) == '-a-bc' && 'a.b'.replace('.', '$&') == 'a$&b'",
  "int('-7') == -7 && int('+7') == 7 && int('9223372036854775807') > 0 && uint('18446744073709551615') > 0u",
  "double('-1.5e3') == -1500.0 && double('.5') == 0.5 && double('2.') == 2.0 && double('2.e1') == 20.0 && double('-inf') < 0.0 && double('NaN') != 1.0",
])("texts are cut, changed and read as in Kubernetes: %s", (expression) => {
  expect(evaluate(expression)).toBe(true);
});

test.each(["int('')", "int(' 1')", "int('0x10')", "int('1.0')", "int('9223372036854775808')", "uint('-1')", "double('')", "double(' 1')", "double('0x10')"])(
  "what is no number in Kubernetes is none: %s",
  (expression) => {
    expect(evaluate(`${expression} == ${expression}`)).toMatchObject({ reason: expect.stringMatching(/is no (?:whole )?number/) });
  },
);

test("a long text that is no number is looked through once", () => {
  const cpuMs = countCpuMs();
  expect(evaluate("double(object.a) > 1.0", { a: `${"0".repeat(40_000)}x` })).toMatchObject({ reason: expect.stringMatching(/is no number/) });
  // A few milliseconds of the processor; with two places for each digit, three seconds.
  expect(cpuMs()).toBeLessThan(500);
});
