import { expect, it } from "vitest";
import { parseMetrics } from "./parse-metrics";

const parse = (text: string, ...names: string[]) => [...parseMetrics(Buffer.from(text), names)];

it("reads names, labels and values of the wanted metrics only", () => {
  expect(parse('a 1\nab{x="1"} 2\na{x="1",y="two"} 3\n', "a")).toEqual([
    { name: "a", labels: {}, value: 1 },
    { name: "a", labels: { x: "1", y: "two" }, value: 3 },
  ]);
});

it("understands escapes, commas and braces in labels, exponents, infinity and times", () => {
  expect(parse('a{x="q\\"u\\\\o\\nte,}",y=""} 1.5e+06 1700000000000\na +Inf\na -Inf', "a")).toEqual([
    { name: "a", labels: { x: 'q"u\\o\nte,}', y: "" }, value: 1_500_000 },
    { name: "a", labels: {}, value: Number.POSITIVE_INFINITY },
    { name: "a", labels: {}, value: Number.NEGATIVE_INFINITY },
  ]);
});

it("passes over comments, empty lines and what is no sample", () => {
  expect(parse("# HELP a b\n# TYPE a counter\n\na\na{ 3\n a 4\r\na 5\r\n", "a")).toEqual([{ name: "a", labels: {}, value: 5 }]);
});
