import { describe, expect, it } from "vitest";
import { countCpuMs } from "../model/testing-cpu-ms";
import { loadScalar, loadYaml } from "./load-yaml";
import { parseDocuments } from "./parse-documents";

describe("scalars, as kubectl reads them", () => {
  it.each([
    ["0644", 420],
    ["-0644", -420],
    ["0o17", 15],
    ["0x1F", 31],
    ["0b101", 5],
    ["-0b11", -3],
    ["1_000", 1000],
    ["089", 89],
    ["00", 0],
    ["+5", 5],
    ["1e3", 1000],
    ["1_000.5", 1000.5],
    ["-1_0e1_0", -1e11],
    ["._5", "._5"],
    ["_1.5", "_1.5"],
    ["1:30", "1:30"],
    ["0b102", "0b102"],
    ["0x", "0x"],
    ["yes", true],
    ["OFF", false],
    ["yEs", "yEs"],
  ])("%s", (text, value) => {
    expect(loadScalar(text)).toBe(value);
  });
});

describe("tags, as kubectl reads them", () => {
  it.each([
    ["!!binary aGVsbG8=", "hello"],
    ["!!binary |\n  aGVs\n  bG8=", "hello"],
    ["!!binary /w==", "\ufffd"],
    ['!!binary ""', ""],
    ["!!timestamp 2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"],
    ['!!timestamp "2001-1-4"', "2001-1-4"],
    ["2001-12-14", "2001-12-14"],
    ["!!set {a, b}", { a: null, b: null }],
    ["!!omap [{a: 1}, {b: 2}]", [{ a: 1 }, { b: 2 }]],
    ["!!pairs [{a: 1}, {a: 2}]", [{ a: 1 }, { a: 2 }]],
    ["!reference 12", "12"],
    ["!reference {a: 1}", { a: 1 }],
    ["!<tag:example.com,2000:x> [yes]", [true]],
    ["!!str 12", "12"],
    ['!!int "0644"', 420],
    ['!!bool "yes"', true],
    ['!!float "1.5"', 1.5],
    ["! 12", "12"],
    ["!!str {a: 1}", { a: 1 }],
  ])("%s", (text, value) => {
    expect(loadYaml(`k: ${text}\n`)).toEqual({ k: value });
  });

  it.each(["!!binary not base64", "!!binary aGVsbG8", "!!timestamp soon", "!!int abc", "!!bool 1", "!!null x"])("refuses %s", (text) => {
    expect(() => loadYaml(`k: ${text}\n`)).toThrow(/cannot resolve/);
  });
});

describe("merge keys, as kubectl reads them", () => {
  it.each([
    ["what is written below goes first", "{<<: {a: 2, b: 3}, a: 1}", { a: 1, b: 3 }],
    ["what is written above does not", "{a: 1, <<: {a: 2, b: 3}}", { a: 2, b: 3 }],
    ["of a list the first goes first", "{a: 0, <<: [{a: 2}, {a: 3, b: 4}], c: 5}", { a: 2, b: 4, c: 5 }],
    ["of two the second goes first", "{<<: {a: 2}, <<: {a: 3}}", { a: 3 }],
    ["with its tag", "{!!merge <<: {a: 2}}", { a: 2 }],
    ["in quotes it is a key", '{"<<": {a: 2}}', { "<<": { a: 2 } }],
    ["as a value it is a text", "[<<, {a: <<}]", ["<<", { a: "<<" }]],
  ])("%s", (_, text, value) => {
    expect(loadYaml(`k: ${text}\n`)).toEqual({ k: value });
  });

  it("refuses what cannot be merged", () => {
    for (const value of ["1", "null", "[1]", "a"]) expect(() => loadYaml(`k: {<<: ${value}}\n`)).toThrow(/neither a mapping nor a list/);
  });

  it("gives up on a chain without end, in bounded time", () => {
    const links = Array.from({ length: 4_000 }, (_, i) => `l${i}: &l${i} {${i > 0 ? `<<: *l${i - 1}, ` : ""}k${i}: 1}`);
    const cpuMs = countCpuMs();
    expect(() => loadYaml(links.join("\n"))).toThrow(/more than two million fields/);
    expect(cpuMs()).toBeLessThan(20_000);
  });
});

it("refuses what JSON does not have: kubectl does", () => {
  for (const text of ["k: .inf", "k: -.Inf", "k: .nan"]) expect(() => loadYaml(text)).toThrow(/JSON does not have/);
  expect(() => loadYaml("~: 1")).toThrow(/a key is null/);
});

describe("lines that YAML 1.2 wants deeper, and kubectl does not", () => {
  const expected = { spec: { args: ["-a", { b: 1 }], image: "x" } };

  it("closes a flow collection below its key", () => {
    expect(loadYaml('spec:\n  args: [\n    "-a",\n    { b: 1 },\n  ]\n  image: x\n')).toEqual(expected);
  });

  it("holds flow lines and nested ends at any depth", () => {
    expect(loadYaml('spec:\n    args: ["-a",\n{ b:\n 1\n}\n]\n    image: x\n')).toEqual(expected);
  });

  it("folds a quoted text that goes on further left", () => {
    expect(loadYaml('spec:\n    message: "one\n two\n\n  three"\n    image: x\n')).toEqual({ spec: { message: "one two\nthree", image: "x" } });
  });

  it("leaves block texts as they are", () => {
    const text = 'data:\n  list: [\n    "a"\n  ]\n  file: |\n    [\n    ]\n';
    expect(loadYaml(text)).toEqual({ data: { list: ["a"], file: "[\n]\n" } });
  });

  it("still refuses what kubectl refuses", () => {
    expect(() => loadYaml("a:\n    b: 1\n  c: 2\n")).toThrow(/indentation/);
    expect(() => loadYaml("a: [\n  1\nb: 2\n")).toThrow();
  });

  it("tells a fault at its place in the text as it is written", () => {
    expect(() => loadYaml("a: [\n1,\n")).toThrow(/\(2:3\)|\(3:1\)/);
    expect(() => loadYaml("a: [\n1, @x]\n")).toThrow(/\(2:4\)/);
    expect(() => loadYaml("a: [1\n")).toThrow(/\(\d:[1-9]\)$/);
  });

  it("gives up on a document of nothing but such lines, in bounded time", () => {
    const text = `a:\n  b: [\n${"1,\n".repeat(200_000)}]\n`;
    const cpuMs = countCpuMs();
    const { documents, errors } = parseDocuments("x.yaml", new TextEncoder().encode(text));
    expect(cpuMs()).toBeLessThan(20_000);
    expect(documents).toEqual([]);
    expect(errors[0]?.message).toMatch(/^It is not YAML: deficient indentation/);
  });
});
