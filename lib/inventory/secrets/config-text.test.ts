import { expect, test } from "vitest";
import { flattenConfig } from "./config-text";

test.each([
  [
    "JSON",
    '{"a":{"b":"x","c":["y",{"d":"z"}]},"n":1}',
    [
      { key: "b", value: "x" },
      { key: "c", value: "y" },
      { key: "d", value: "z" },
    ],
  ],
  [
    "YAML",
    "a:\n  b: 'x' \n  - c: y # note\n# d: z\n",
    [
      { key: "a", value: "" },
      { key: "b", value: "x" },
      { key: "c", value: "y" },
    ],
  ],
  [
    "properties",
    "a.b=x\n!c\na.d = y\n",
    [
      { key: "a.b", value: "x" },
      { key: "a.d", value: "y" },
    ],
  ],
  [
    "dotenv",
    'export A="x y"\nB=z\n',
    [
      { key: "A", value: "x y" },
      { key: "B", value: "z" },
    ],
  ],
  ["INI", "[section]\nkey = value\n; key2 = other\n", [{ key: "key", value: "value" }]],
  [
    "keys that are called after what they are for",
    "api:\n  url: a\n  key: Tr0ub4dor33-Tr0ub4dor\njwt:\n  key: user-id-of-account-2\nkey: Tr0ub4dor33-Tr0ub4dor\n",
    [
      { key: "api", value: "" },
      { key: "url", value: "a" },
      { key: "api.key", value: "Tr0ub4dor33-Tr0ub4dor" },
      { key: "jwt", value: "" },
      { key: "key", value: "user-id-of-account-2" },
      { key: "key", value: "Tr0ub4dor33-Tr0ub4dor" },
    ],
  ],
  [
    "such keys behind what else is set there",
    "api:\n  cors:\n    max: a\n\n  key: Tr0ub4dor33-Tr0ub4dor\n  list:\n    key: Tr0ub4dor33-Tr0ub4dor\n",
    [
      { key: "api", value: "" },
      { key: "cors", value: "" },
      { key: "max", value: "a" },
      { key: "api.key", value: "Tr0ub4dor33-Tr0ub4dor" },
      { key: "list", value: "" },
      { key: "key", value: "Tr0ub4dor33-Tr0ub4dor" },
    ],
  ],
  ["such keys as .NET writes them", '{"JwtSettings":{"Key":"Tr0ub4dor33-Tr0ub4dor"}}', [{ key: "JwtSettings.key", value: "Tr0ub4dor33-Tr0ub4dor" }]],
  ["three quotes, as Grafana has them", 'password = """Tr0ub4dor#33;"""', [{ key: "password", value: "Tr0ub4dor#33;" }]],
  ["no name in an address", "https://ada@example.com/cart", []],
  ["such keys in JSON", '{"encrypt":{"key":"Tr0ub4dor33-Tr0ub4dor"}}', [{ key: "encrypt.key", value: "Tr0ub4dor33-Tr0ub4dor" }]],
  ["a dashboard", '{"panels":[],"title":"x"}', []],
  ["plain words", "just a sentence", []],
  ["broken JSON, line by line", '{\n"a": "x",\n', [{ key: "a", value: "x" }]],
])("takes %s apart", (_, text, entries) => {
  expect(flattenConfig(text)).toEqual(entries);
});

test("leaves texts alone that are too long to be configuration", () => {
  expect(flattenConfig(`a=b\n${"x".repeat(300_000)}`)).toEqual([]);
});
