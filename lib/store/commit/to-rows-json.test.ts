import { describe, expect, it } from "vitest";
import { toRowsJson, withoutNul } from "./to-rows-json";

describe("JSON for the database", () => {
  it("has a replacement for NUL and half a surrogate pair in values and in names of fields, however deep", () => {
    const fields = { "f:spec": { "f:a\0b": {}, 'k:{"name":"\ud800"}': [{ "x\0": "y\0" }] } };
    const clean = { "f:spec": { "f:a\ufffdb": {}, 'k:{"name":"\ufffd"}': [{ "x\ufffd": "y\ufffd" }] } };
    expect(JSON.parse(toRowsJson(fields))).toEqual(clean);
    expect(JSON.parse(withoutNul(JSON.stringify(fields)))).toEqual(clean);
  });

  it("leaves text that only speaks of such characters as it is", () => {
    const told = { "\\u0000": "\\ud800", emoji: "🙂" };
    expect(JSON.parse(toRowsJson(told))).toEqual(told);
    expect(JSON.parse(withoutNul(JSON.stringify(told)))).toEqual(told);
  });
});
