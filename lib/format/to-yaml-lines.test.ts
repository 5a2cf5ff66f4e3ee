import { fc } from "../model/testing-properties";
import { describe, expect, test } from "vitest";
import { Document, LineCounter, parseDocument } from "yaml";
import { formatPath } from "../model/field-path";
import { isRecord } from "../model/json";
import { toYamlText } from "./to-yaml-lines";

const object = {
  kind: "Pod",
  metadata: { labels: { "a/b": "x" } },
  spec: { containers: [{ name: "app", securityContext: { privileged: true } }, { name: "two" }] },
};

describe("the YAML of an object", () => {
  const { text, lineOf } = toYamlText(object);
  const lineText = (path: string) => text.split("\n")[(lineOf(path) ?? 0) - 1]?.trim();
  test("knows the line of a field, of a quoted key and of a list item", () => {
    expect(lineText("spec.containers[0].securityContext.privileged")).toBe("privileged: true");
    expect(lineText('metadata.labels["a/b"]')).toBe("a/b: x");
    expect(lineText("spec.containers[1]")).toBe("- name: two");
  });
  test("quotes the texts that kubectl would read as truth values, numbers or times", () => {
    const values = { a: "yes", b: "on", c: "n", d: "0755", e: "12:30", f: "2026-11-25", on: "Off" };
    expect(toYamlText(values).text).toBe('a: "yes"\nb: "on"\nc: "n"\nd: "0755"\ne: "12:30"\nf: "2026-11-25"\n"on": "Off"\n');
  });
  test("gives the nearest parent of a field that is not set", () => {
    expect(lineText("spec.containers[1].securityContext.runAsNonRoot")).toBe("- name: two");
    expect(lineOf("")).toBeNull();
  });
  test("is there for an object of any depth, and says what it leaves out", () => {
    for (const levels of [900, 5_000, 50_000]) {
      const deep = toYamlText(JSON.parse(`{"kind":"Pod","spec":${'{"a":'.repeat(levels)}1${"}".repeat(levels)},"end":1}`));
      expect(deep.text.trim().split("\n")).toHaveLength(102);
      expect(deep.text).toContain("a: (nested deeper than 100 levels, left out)\nend: 1\n");
      expect(deep.lineOf("end")).toBe(102);
    }
  });
});

/** What the library makes of it: the same, more slowly. */
function slowText(value: object): string {
  return new Document(value, { aliasDuplicateObjects: false, version: "1.1" }).toString({ lineWidth: 0, indentSeq: false });
}

/** The library writes lines of blanks alone as a block, and reads fewer blanks back. */
const isBlankLines = (text: string): boolean => /[ \t]/.test(text) && text.includes("\n") && text.trim() === "";

const anyText = fc.oneof(
  fc.string(),
  fc.string({
    unit: fc.constantFrom("a", "Z", "0", ".", ":", "/", "-", "_", "@", "#", " ", "'", '"', "\n", "\t", "~", "!", "&", "*", "|", ">", "%", "{", "[", ",", "?"),
  }),
  fc.constantFrom(
    "true",
    "Null",
    "yes",
    "1e3",
    "0x1f",
    ".inf",
    "---",
    "a: b",
    "registry.example/app:1.2@sha256:ab",
    "two\n\nlines\n",
    "  led by spaces\nmore",
    "=",
    "<<",
  ),
);
const someText = anyText.filter((text) => !isBlankLines(text));
/** Of other keys the library writes, where they do not begin a line, another spelling of the same. */
const isAlike = (key: string): boolean => !/[\n\r]|^(---|\.\.\.)/.test(key);
const someKey = someText.filter(isAlike);
const someJson = fc.jsonValue({ maxDepth: 1 }).filter((value) => !isRecord(value) || Object.keys(value).every(isAlike));
const someValue = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small" }, someJson, someText, fc.array(tie("value"), { maxLength: 3 }), fc.dictionary(someKey, tie("value"), { maxKeys: 3 })),
}));

describe("a text with characters that nobody would see", () => {
  test("is written with their escapes, line by line, and is read as the same text", () => {
    expect(toYamlText({ "a\u200bb": "x\u202ey" }).text).toBe('"a\\u200Bb": "x\\u202Ey"\n');
    const value = { key: 'one\u202e\n  two\n\n\tthree \\ "\n', list: ["\u2066\nb"], deep: { "\u200b": ["\ufeff", { c: "a\u{e0041}\r\n b" }] } };
    const { text } = toYamlText(value);
    expect(text).toContain('key: "one\\u202E\\n\\\n  \\  two\\n\\\n  \\n');
    expect(parseDocument(text).toJS()).toEqual(value);
  });
  test("shows none of them, whatever it is", () => {
    const unit = fc.constantFrom("a", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\n", " ", "\t", '"', "\\", "#", ":");
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit }), fc.array(fc.string({ unit }), { maxLength: 2 }), { maxKeys: 3 }), (value) => {
        const { text } = toYamlText(value);
        expect(text).not.toMatch(/[\u202e\u2066\u200b\ufeff\u2028]/);
        expect(parseDocument(text).toJS()).toEqual(value);
      }),
    );
  });
});

describe("a text of blanks and line breaks alone", () => {
  test("is read back as it was", () => {
    expect(toYamlText({ k: " \n" }).text).toBe('k: " \\n"\n');
    const blank = fc.string({ unit: fc.constantFrom(" ", "\t", "\n"), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(blank), (texts) => {
        expect(parseDocument(toYamlText({ texts, deep: { texts } }).text).toJS()).toEqual({ texts, deep: { texts } });
      }),
    );
  });
});

describe("the printer", () => {
  test("writes what the library of YAML writes", () => {
    fc.assert(
      fc.property(fc.dictionary(someKey, someValue.value, { maxKeys: 4 }), (value) => {
        expect(toYamlText(value).text).toBe(slowText(value));
      }),
      { numRuns: 2_000 },
    );
  });
  test("gives every entry the line on which the library reads it", () => {
    fc.assert(
      fc.property(fc.dictionary(someKey, someValue.value, { maxKeys: 4 }), (value) => {
        const { text, lineOf } = toYamlText(value);
        const lines = new LineCounter();
        const document = parseDocument(text, { lineCounter: lines });
        for (const [key, item] of Object.entries(value)) {
          const steps = Array.isArray(item) && item.length > 0 ? [key, item.length - 1] : [key];
          const node = document.getIn(steps.slice(0, -1), true) as unknown as { items: unknown[] };
          const found =
            steps.length > 1
              ? node.items[steps[1] as number]
              : (document.contents as unknown as { items: { key: unknown }[] }).items[Object.keys(value).indexOf(key)]?.key;
          const start = (found as { range: readonly number[] }).range[0] ?? 0;
          expect(lineOf(formatPath(steps))).toBe(lines.linePos(start).line);
        }
      }),
      { numRuns: 500 },
    );
  });
});
