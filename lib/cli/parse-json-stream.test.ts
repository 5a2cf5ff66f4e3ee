import { expect, test } from "vitest";
import { countCpuMs } from "../model/testing-cpu-ms";
import { parseJsonStream } from "./parse-json-stream";

const parse = (content: string) => [...parseJsonStream(content)].map((part) => ("problem" in part ? `${part.line}: ${part.problem}` : part.value));
const pretty = (value: unknown) => JSON.stringify(value, null, 2);

test("goes on after a line that is not JSON, and says which it was", () => {
  expect(parse('{"a":1}\ngarbage\n{"b":2}\n')).toEqual([
    { a: 1 },
    "2: What starts on line 2 is not JSON: Unexpected token 'g', \"garbage\" is not valid JSON",
    { b: 2 },
  ]);
});
test("takes values over several lines, one after the other", () => {
  expect(parse(`${pretty({ a: [1, { b: "}" }] })}\n${pretty([{ c: 3 }])}\n\n{"d":4}`)).toEqual([{ a: [1, { b: "}" }] }, [{ c: 3 }], { d: 4 }]);
});
test.each([
  ["never closes", '{"x":[1,2'],
  ["has a text that never closes", '{"x":"1,2'],
  ["ends in an escape", '{"x":"1\\"'],
  ["lacks a comma", '{\n "x": 1\n "y": 2\n}'],
  ["was cut off", '{\n "x": {\n  "y": ['],
])("loses nothing else to a value that %s", (_, broken) => {
  const line = JSON.stringify({ after: [broken] });
  expect(parse(`{"a":1}\n${broken}\n${line}\n${pretty({ b: 2 })}`)).toEqual([
    { a: 1 },
    expect.stringMatching(/^2: What starts on line 2 is not JSON: /),
    { after: [broken] },
    { b: 2 },
  ]);
});
test("is quick where no line closes what it opens", () => {
  const cpuMs = countCpuMs();
  expect(parse('{"a":[\n'.repeat(50_000))).toHaveLength(50_000);
  expect(cpuMs()).toBeLessThan(5_000);
});
