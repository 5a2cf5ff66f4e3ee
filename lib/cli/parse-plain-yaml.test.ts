import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fc } from "../model/testing-properties";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { loadYaml } from "./load-yaml";
import { parsePlainYaml } from "./parse-plain-yaml";

/** What the full parser says; "error" when it refuses the text. */
function tryFull(text: string): unknown {
  try {
    return loadYaml(text);
  } catch {
    return "error";
  }
}

const word = fc.stringMatching(/^[a-zA-Z0-9 _:#./'"&*!|>%@`?,{}[\]~=+<$()-]{0,12}$/);
const name = fc.oneof(fc.stringMatching(/^[a-z][a-zA-Z0-9./_-]{0,8}$/), fc.constantFrom("y", "no", "true", "null", "8080", "a b", ""));
const scalar = fc.oneof(
  word,
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    "0644",
    "1e3",
    "0x1f",
    "0o17",
    "0b11",
    "1_000",
    "100m",
    "1.5Gi",
    "1.2.3",
    "1.",
    ".5",
    "-.inf",
    "~",
    "on",
    "12:30",
    "2026-01-01",
    "9".repeat(16),
    "- a",
  ),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof({ depthSize: "small" }, scalar, fc.array(tie("tree"), { maxLength: 4 }), fc.dictionary(name, tie("tree"), { maxKeys: 4 })),
}));

/** What it reads is what the full parser reads. */
function expectSame(text: string): void {
  const plain = parsePlainYaml(text);
  if (plain) expect(plain.value).toStrictEqual(loadYaml(text));
}

describe("parsePlainYaml", () => {
  it("reads what programs write as the full parser does, or leaves it to that", () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 80), fc.boolean(), (value, lineWidth, indentSeq) => {
        const text = stringify(value, { lineWidth, indentSeq, aliasDuplicateObjects: false });
        expectSame(text);
      }),
      { numRuns: 3_000 },
    );
  });

  it("takes for a number what the full parser takes for one, however odd", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9.+~-][0-9a-zA-Z_.+~:%-]{0,7}$/), (written) => {
        expectSame(`key: ${written}\n`);
      }),
      { numRuns: 20_000 },
    );
  });

  it("never reads what the full parser refuses, nor anything in another way", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      ":",
      ": ",
      "- ",
      "-",
      "\n",
      "\n ",
      "\n  ",
      "\n    ",
      "#",
      " #",
      '"',
      "'",
      "1",
      "no",
      "{}",
      "[]",
      "|",
      "&x ",
      "*x",
      "<<",
      "---",
      "...",
      " ",
      "key: v",
      "\nkey: v",
      "\n  k: 1",
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 14 }), (pieces) => {
        const text = pieces.join("");
        const plain = parsePlainYaml(text);
        if (plain) expect(plain.value).toStrictEqual(tryFull(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it("reads ordinary manifests by itself", () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels: {}\nspec:\n  # why\n  containers:\n  - name: app\n    image: "x:1"\n    args: []\n    ports:\n      - containerPort: 80\n';
    expect(parsePlainYaml(text)?.value).toStrictEqual({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "a", labels: {} },
      spec: { containers: [{ name: "app", image: "x:1", args: [], ports: [{ containerPort: 80 }] }] },
    });
  });

  it("leaves a number that JSON does not have to the full parser, for which more lines make a text of it", () => {
    expect([parsePlainYaml("a: .nan\n  b\n"), loadYaml("a: .nan\n  b\n")]).toEqual([null, { a: ".nan b" }]);
  });

  const folder = path.resolve(import.meta.dirname, "../../../shared/corpus");
  it.skipIf(!existsSync(folder))("reads manifests of well-known projects as the full parser does", () => {
    for (const file of readdirSync(folder)) {
      for (const text of readFileSync(path.join(folder, file), "utf8").split(/^---$/m)) {
        const plain = parsePlainYaml(text);
        if (plain) expect(plain.value).toStrictEqual(loadYaml(text));
      }
    }
  });
});
