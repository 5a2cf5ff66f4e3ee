import fc from "fast-check";
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

  it("reads an empty list in both ways of writing it", () => {
    expect(parse('{"metadata":{},"items":[]}')).toMatchObject({ count: 0, next: "" });
    expect(parse('{"metadata":{},"items":null}')).toMatchObject({ count: 0, next: "" });
  });

  it.each(['{"items":[{"a":1}', '{"items":[{"a":"1}]}', "<html></html>", '{"kind":"Status"}', '{"items":[1,2]}', "", '{"items":[{}]}}'])("refuses %j", (text) => {
    expect(() => parse(text)).toThrow(SyntaxError);
  });
});
