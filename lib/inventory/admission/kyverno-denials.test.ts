import { describe, expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { celOfDenial } from "./kyverno-denials";
import { answerTo } from "./testing-kyverno-cel";

const LISTS = "request.object.spec.[initContainers, containers][]";
const added = (end = "", values: readonly unknown[] = ["CHOWN", ""]) => ({
  key: `{{ ${LISTS}.securityContext.capabilities.add[]${end} }}`,
  operator: "AnyNotIn",
  value: values,
});
const kinds = { key: "{{ request.object.spec.volumes[].keys(@)[] || '' }}", operator: "AnyNotIn", value: ["name", "secret", ""] };
const holds = (conditions: unknown, spec: JsonRecord) => answerTo(celOfDenial({ deny: { conditions } }), { spec });
const adding = (...add: readonly string[]) => ({ securityContext: { capabilities: { add } } });
const drops = { securityContext: { capabilities: { drop: ["ALL"] } } };

describe("a denial of Kyverno", () => {
  test.each([
    ["of no capabilities", { containers: [{}, drops] }, true],
    ["of those that are named", { containers: [adding("CHOWN")], initContainers: [adding()] }, true],
    ["of another", { containers: [adding("CHOWN", "SYS_ADMIN"), drops] }, false],
    ["of another in the second list", { containers: [{}], initContainers: [{}, adding("SYS_ADMIN")] }, false],
  ])("%s", (_, spec, isMet) => {
    for (const end of ["", " || ''", " || `[]`"]) for (const operator of ["all", "any"]) expect(holds({ [operator]: [added(end)] }, spec)).toBe(isMet);
    expect(holds([added()], spec)).toBe(isMet);
  });

  test.each([
    ["no volumes", {}, true],
    ["those of a kind that is named", { volumes: [{ name: "a", secret: {} }] }, true],
    [
      "one of another",
      {
        volumes: [
          { name: "a", secret: {} },
          { name: "b", hostPath: {} },
        ],
      },
      false,
    ],
  ])("asks for the kinds of volumes: %s", (_, spec, isMet) => {
    expect(holds({ all: [kinds] }, spec)).toBe(isMet);
  });

  test("comes of all of its conditions, or of any", () => {
    const spec = { containers: [adding("SYS_ADMIN")] };
    expect(holds({ all: [added(), kinds] }, spec)).toBe(true);
    expect(holds({ any: [added(), kinds] }, spec)).toBe(false);
  });

  test.each<[why: string, conditions: unknown]>([
    ["another operator", { all: [{ ...added(), operator: "AllNotIn" }] }],
    ["a pattern", { all: [added("", ["SYS_*"])] }],
    ["a number", { all: [added("", [1])] }],
    ["what is looked up", { all: [added("", ["{{ allowed }}"])] }],
    ["what stands for an empty list, and is not named", { all: [added(" || ''", ["CHOWN"])] }],
    ["a text in place of a list", { all: [added(" || '[]'")] }],
    ["another function", { all: [{ ...kinds, key: "{{ request.object.spec.volumes[].values(@)[] }}" }] }],
    ["whole items", { all: [{ ...kinds, key: "{{ request.object.spec.volumes[] }}" }] }],
    ["another object", { all: [{ ...kinds, key: "{{ request.oldObject.spec.volumes[].keys(@)[] }}" }] }],
    ["both ways", { all: [kinds], any: [kinds] }],
    ["one more condition", { any: [kinds, { key: "{{ request.object.metadata.name }}", operator: "Equals", value: "a" }] }],
    ["nothing", {}],
  ])("is not put into CEL where it asks for %s", (_, conditions) => {
    expect(celOfDenial({ deny: { conditions } })).toBeNull();
  });
});
