import { expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { findUnreadPart } from "./find-unread-part";

const condition = (key: unknown, operator = "Equals", value: unknown = "a") => ({ key, operator, value });
const KNOWN = condition("{{ request.object.spec.a || '' }}");
const list = "request.object.spec.containers";

test.each<[what: string, validate: JsonRecord, part: string | null]>([
  ["a condition", { deny: { conditions: { any: [KNOWN, condition("{{ a }}", "AnyNotIn", ["b"])] } } }, '{{ a }} AnyNotIn ["b"]'],
  ["one of several lists of conditions", { deny: { conditions: [{ all: [KNOWN] }, { any: [KNOWN, condition("{{ a }}")] }] } }, "{{ a }} Equals a"],
  ["a field", { pattern: { spec: { a: "b", containers: [{ image: "{{ a }}" }] } } }, 'image: "{{ a }}"'],
  ["a list of several items", { pattern: { spec: { volumes: [{ a: "b" }, { c: "d" }] } } }, 'volumes: [{"a":"b"},{"c":"d"}]'],
  ["a name that is a pattern", { anyPattern: [{ a: "b" }, { spec: { "a*": "b" } }] }, 'a*: "b"'],
  ["a condition on each item", { foreach: [{ list, deny: { conditions: { any: [condition("{{ element.a }}")] } } }] }, "{{ element.a }} Equals a"],
  [
    "what chooses among items",
    {
      foreach: [
        { list, pattern: { a: "b" } },
        { list, pattern: { a: "b" }, preconditions: [condition("{{ element.a }}")] },
      ],
    },
    "{{ element.a }} Equals a",
  ],
  [
    "a list that is made up",
    { foreach: [{ list: "request.object.spec.containers[?a=='b']", pattern: { a: "b" } }] },
    "foreach \"request.object.spec.containers[?a=='b']\"",
  ],
  ["nothing", { deny: { conditions: { any: [KNOWN] } } }, null],
])("names %s", (_, validate, part) => {
  expect(findUnreadPart(validate)).toBe(part);
});
