import { fc } from "../model/testing-properties";
import { describe, expect, it } from "vitest";
import { parseListPage } from "./list-page";

const parse = (text: string) => parseListPage(Buffer.from(text));

describe("parseListPage", () => {
  it("gives the same items as parsing the whole page, whatever is in their strings", () => {
    const item = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(item), fc.string(), fc.boolean(), (items, token, isPretty) => {
        const list = { kind: "PodList", metadata: { continue: token, items: [1] }, items, after: { items: ["]", "}"] } };
        const page = parse(JSON.stringify(list, null, isPretty ? 2 : undefined));
        expect([...page.items()]).toEqual(JSON.parse(JSON.stringify(items)));
        expect(page).toMatchObject({ count: items.length, next: token });
      }),
    );
  });

  it("leaves out managed fields without touching anything else", () => {
    const other = fc.record({ name: fc.string(), annotations: fc.dictionary(fc.constantFrom("managedFields", "a"), fc.string()) });
    const fields = fc.array(fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(fc.array(fc.record({ metadata: other, spec: fc.record({ managedFields: fields }) })), fields, (items, managedFields) => {
        const full = items.map((item) => ({ ...item, metadata: { managedFields, ...item.metadata } }));
        const page = parse(JSON.stringify({ items: full }));
        const expected = items.map((item) => ({ ...item, metadata: { managedFields: [], ...item.metadata } }));
        expect([...page.items({ withoutManagers: true })]).toEqual(JSON.parse(JSON.stringify(expected)));
      }),
    );
  });

  it("does not parse what is skipped", () => {
    const page = parse('{"items":[{"a":1},{"b":nonsense}]}');
    expect([...page.items({ isSkipped: (json) => json.includes("nonsense") })]).toEqual([{ a: 1 }]);
  });

  it("reads an empty list in both ways of writing it", () => {
    expect(parse('{"metadata":{},"items":[]}')).toMatchObject({ count: 0, next: "" });
    expect(parse('{"metadata":{},"items":null}')).toMatchObject({ count: 0, next: "" });
  });

  it.each(['{"items":[{"a":1}', '{"items":[{"a":"1}]}', "<html></html>", '{"kind":"Status"}', '{"items":[1,2]}', "", '{"items":[{}]}}'])(
    "refuses %j",
    (text) => {
      expect(() => parse(text)).toThrow(SyntaxError);
    },
  );
});
