import { describe, expect, it } from "vitest";
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

  it("gives up on a document of nothing but such lines, in bounded time", () => {
    const text = `a:\n  b: [\n${"1,\n".repeat(200_000)}]\n`;
    const started = performance.now();
    const { documents, errors } = parseDocuments("x.yaml", new TextEncoder().encode(text));
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(documents).toEqual([]);
    expect(errors[0]?.message).toMatch(/^It is not YAML: deficient indentation/);
  });
});
