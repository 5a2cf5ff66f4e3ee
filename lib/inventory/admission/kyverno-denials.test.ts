import { describe, expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { celOfRule } from "./kyverno-questions";
import { answerTo } from "./testing-kyverno-cel";

const LISTS = "request.object.spec.[initContainers, containers][]";
const added = (end = "", values: readonly unknown[] = ["CHOWN", ""]) => ({
  key: `{{ ${LISTS}.securityContext.capabilities.add[]${end} }}`,
  operator: "AnyNotIn",
  value: values,
});
const kinds = { key: "{{ request.object.spec.volumes[].keys(@)[] || '' }}", operator: "AnyNotIn", value: ["name", "secret", ""] };
const holds = (conditions: unknown, spec: JsonRecord) => answerTo(celOfRule({ deny: { conditions } }, false), { spec });
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

  const allOf = (...conditions: readonly object[]) => ({ all: conditions });
  const ask = (key: unknown, operator: string, value: unknown) => ({ key, operator, value });
  const PRIVILEGED = `{{ ${LISTS}.securityContext.privileged }}`;
  const HOST_FILES = "{{ request.object.spec.volumes[?hostPath] | length(@) }}";
  const REGISTRIES = "{{ images.[containers, initContainers][].*.registry[] || `[]` }}";
  const flagged = (privileged: boolean) => ({ containers: [{ securityContext: { privileged } }] });
  const image = (name: string) => ({ containers: [{ image: name }] });
  const ports = (...hostPorts: readonly number[]) => ({ containers: [{ ports: hostPorts.map((hostPort) => ({ hostPort })) }] });

  test.each<[conditions: unknown, met: readonly JsonRecord[], unmet: readonly JsonRecord[]]>([
    [allOf(ask(PRIVILEGED, "AnyIn", [true])), [flagged(false), {}, { containers: [{}] }], [flagged(true)]],
    [allOf(ask(PRIVILEGED, "anyin", ["true"])), [flagged(false)], [flagged(true)]],
    [allOf(added("", ["SYS_*", "CHOWN"])), [{ containers: [adding("SYS_TIME")] }], [{ containers: [adding("KILL")] }]],
    [allOf(ask(added().key, "AnyIn", ["SYS_*"])), [{ containers: [adding("KILL")] }, {}], [{ containers: [adding("KILL", "SYS_TIME")] }]],
    [allOf(ask(added().key, "AllIn", ["SYS_*"])), [{ containers: [adding("SYS_TIME", "KILL")] }], [{ containers: [adding("SYS_TIME")] }, {}]],
    // What stands for an empty list is compared, too.
    [allOf(added(" || ''", ["CHOWN"])), [{ containers: [adding("CHOWN")] }], [{}, { containers: [adding()] }]],
    [allOf(added(" || '[]'", ["CHOWN"])), [{ containers: [adding("CHOWN")] }], [{}]],
    [allOf({ ...added(" || 'none'", ["NO*"]), operator: "AnyIn" }), [{}, { containers: [adding("CHOWN")] }], [{ containers: [adding("NOTHING")] }]],
    [allOf({ ...added(" || 'none'", ["no*"]), operator: "AnyIn" }), [{ containers: [adding("CHOWN")] }], [{}]],
    [allOf(ask(`{{ ${LISTS}.ports[].hostPort }}`, "AnyNotIn", "5000-6000")), [{}, ports(5000, 6000)], [ports(5000, 80), ports(6001)]],
    [allOf(ask("{{ request.object.spec.hostPID || `false` }}", "Equals", true)), [{}, { hostPID: false }], [{ hostPID: true }]],
    [allOf(ask("{{ request.object.spec.hostPID || `true` }}", "NotEquals", true)), [{}, { hostPID: true }, { hostPID: false }], []],
    // A text is not what is true.
    [allOf(ask("{{ request.object.spec.hostPID || `false` }}", "Equals", "true")), [{ hostPID: true }], [{ hostPID: "true" }]],
    [allOf(ask("{{ request.object.spec.hostPID || `false` }}", "NotEquals", "false")), [{ hostPID: true }, {}], [{ hostPID: "true" }]],
    [allOf(ask("{{ request.object.spec.a || '' }}", "Equals", "")), [{ a: "b" }, { a: 1 }], [{}, { a: "" }, { a: null }, { a: [] }]],
    [allOf(ask("{{ request.object.spec.a || 'b' }}", "NotIn", ["b*", "c"])), [{}, { a: "bc" }, { a: "c" }], [{ a: "d" }]],
    [allOf(ask("{{ request.object.spec.a || `0` }}", "GreaterThan", 2)), [{}, { a: 2 }], [{ a: 3 }]],
    [allOf(ask(HOST_FILES, "GreaterThan", 0)), [{}, { volumes: [{ secret: {} }] }], [{ volumes: [{ secret: {} }, { hostPath: { path: "/" } }] }]],
    [allOf(ask(HOST_FILES, "Equals", 0)), [{ volumes: [{ hostPath: { path: "/" } }] }], [{}]],
    [
      allOf(ask("hostPath", "AnyIn", "{{ request.object.spec.volumes[].keys(@)[] }}")),
      [{}, { volumes: [{ name: "hostPath" }] }],
      [{ volumes: [{ name: "a", hostPath: {} }] }],
    ],
    [allOf(ask("a", "AllNotIn", '{{ request.object.spec."b/c"[].to_upper(@) || `[]` }}')), [], [{}, { "b/c": ["a"] }]],
    [allOf(ask("A", "AnyNotIn", '{{ request.object.spec."b/c"[].to_upper(@) || `[]` }}')), [{ "b/c": ["a"] }], [{}, { "b/c": ["b"] }]],
    [
      allOf(ask(REGISTRIES, "AnyNotIn", ["a.corp", "*.b.corp"])),
      [image("a.corp/b"), image("c.b.corp/d/e:1")],
      [image("b.corp/a"), image("a.corp.net/a"), image("a")],
    ],
    [
      allOf(ask(REGISTRIES, "AnyNotIn", ["docker.io"])),
      [image("a"), image("a/b:1"), image("docker.io/a/b")],
      [image("a.b/c"), image("A/b"), image("localhost/a")],
    ],
    [allOf(ask("{{ images.containers.*.registry }}", "AnyIn", ["a.corp"])), [{ initContainers: [{ image: "a.corp/b" }] }], [image("a.corp/b")]],
    [[{ any: [kinds, added()] }, { all: [added()] }], [{ volumes: [{ hostPath: {} }] }], [{ containers: [adding("KILL")] }]],
    [{ any: [kinds], all: [added()] }, [{ volumes: [{ hostPath: {} }] }], [{ volumes: [{ hostPath: {} }], containers: [adding("KILL")] }]],
  ])("%j", (conditions, met, unmet) => {
    expect(met.map((spec) => holds(conditions, spec))).toEqual(met.map(() => true));
    expect(unmet.map((spec) => holds(conditions, spec))).toEqual(unmet.map(() => false));
  });

  test("fails where what it asks for is not there", () => {
    const conditions = allOf(ask("{{ request.object.spec.a }}", "Equals", "b"));
    expect([{ a: "c" }, { a: "b" }].map((spec) => holds(conditions, spec))).toEqual([true, false]);
    expect(holds(conditions, {})).toMatch(/^field not found/);
  });

  const ofEach = (...conditions: readonly object[]) => ({ foreach: [{ list: LISTS, deny: { conditions: { all: conditions } } }] });
  const holdsOfEach = (condition: object, spec: JsonRecord) => answerTo(celOfRule(ofEach(condition), false), { spec });

  test.each<[condition: object, met: readonly JsonRecord[], unmet: readonly JsonRecord[]]>([
    [ask("ALL", "AnyNotIn", "{{ element.securityContext.capabilities.drop[] || `[]` }}"), [{ containers: [drops] }, {}], [{ containers: [drops, {}] }]],
    [ask("ALL", "AnyNotIn", "{{ element.securityContext.capabilities.drop || '' }}"), [{ containers: [drops] }], [{ containers: [{}] }]],
    [ask("{{ element.image }}", "NotEquals", "a.corp/*"), [image("a.corp/b")], [image("a.corp.net/b")]],
    [ask("{{element.image}}", "AnyNotIn", ["a.corp/*", "b.corp/*"]), [image("b.corp/b")], [image("c.corp/b")]],
    [ask("{{ request.object.spec.name }}", "Equals", "a"), [{ containers: [{}], name: "b" }, { name: "a" }], [{ containers: [{}], name: "a" }]],
  ])("of each item: %j", (condition, met, unmet) => {
    expect(met.map((spec) => holdsOfEach(condition, spec))).toEqual(met.map(() => true));
    expect(unmet.map((spec) => holdsOfEach(condition, spec))).toEqual(unmet.map(() => false));
  });

  test("of each item is not put into CEL where what it asks for may be missing from some: these are passed over, unless they are the last", () => {
    expect(celOfRule(ofEach(ask("{{ element.securityContext.privileged }}", "Equals", true)), false)).toBeNull();
    expect(celOfRule(ofEach(ask("{{ element.securityContext.privileged || `false` }}", "Equals", true)), false)).not.toBeNull();
  });

  const ofVolumes = ask(HOST_FILES, "GreaterThan", 0);
  const ofInit = ask("{{ request.object.spec.initContainers[].securityContext.privileged }}", "AnyIn", [true]);
  const [ofAny, ofPid] = [ask(PRIVILEGED, "AnyIn", [true]), ask("{{ request.object.spec.hostPID || `false` }}", "Equals", true)];
  const ofRegistries = ask("{{ images.ephemeralContainers.*.registry }}", "AnyNotIn", ["a.corp"]);

  // What is not there fails a rule: where that lets pods through, nothing is asked after it.
  test.each<[conditions: unknown, isRead: boolean]>([
    [{ any: [ofPid, ofVolumes] }, true],
    [{ any: [ofAny, ofPid] }, true],
    [{ all: [ofVolumes, ofPid] }, true],
    [{ any: [ofVolumes, ofPid] }, false],
    [{ any: [ofInit, ofPid] }, false],
    [{ any: [ofRegistries, ofPid] }, false],
    [[{ any: [ofVolumes, ofPid] }], false],
    [{ any: [ask("hostPath", "AnyNotIn", "{{ request.object.spec.volumes[].keys(@)[] }}")] }, false],
    [{ any: [ask(HOST_FILES, "Equals", 0)] }, false],
  ])("that lets through what fails, by %j", (conditions, isRead) => {
    expect(celOfRule({ deny: { conditions } }, true) !== null).toBe(isRead);
    expect(celOfRule({ deny: { conditions } }, false)).not.toBeNull();
  });

  test.each<[condition: unknown, isRead: boolean]>([
    [{ all: [ask("ALL", "AnyNotIn", "{{ element.securityContext.capabilities.drop[] || `[]` }}")] }, true],
    [{ all: [ask("ALL", "AnyNotIn", "{{ element.securityContext.capabilities.drop[] }}")] }, false],
    [{ any: [ask("{{ element.hostPath.path }}", "AnyIn", ["/etc*"])] }, true],
    [{ any: [ask("nfs", "AnyIn", "{{ element.keys(@) }}"), ask("{{ element.hostPath.path }}", "AnyIn", ["/etc*"])] }, true],
    [{ any: [ask("{{ element.hostPath.path }}", "AnyIn", ["/etc*"]), ask("nfs", "AnyIn", "{{ element.keys(@) }}")] }, false],
    [{ all: [ask("{{ element.ports[].hostPort }}", "AllIn", ["80"])] }, false],
  ])("of each item, which is passed over where that fails, by %j", (conditions, isRead) => {
    expect(celOfRule({ foreach: [{ list: LISTS, deny: { conditions } }] }, false) !== null).toBe(isRead);
  });

  test.each<[why: string, conditions: unknown]>([
    ["an operator that releases differ in", allOf({ ...added(), operator: "AllNotIn" })],
    ["what is looked up", allOf(added("", ["{{ allowed }}"]))],
    ["names that are not put in one list", allOf({ ...kinds, key: "{{ request.object.spec.volumes[].keys(@) }}" })],
    ["lists that are not put in one", allOf(ask("{{ request.object.spec.containers[*].ports[*].hostPort }}", "AnyIn", [80]))],
    ["those of a list that are lists", allOf(ask("{{ request.object.spec.containers[].ports[?hostPort].hostPort }}", "AnyIn", [80]))],
    ["what all operators but one do not find in a text", allOf(ask("A", "AllNotIn", "{{ request.object.spec.drop || '' }}"))],
    ["a pattern by an operator that releases read as a text", allOf(ask("{{ request.object.spec.a || '' }}", "AllIn", ["b*"]))],
    ["what is true by an operator that not every release compares it by", allOf(ask("{{ request.object.spec.hostPID || `false` }}", "In", [true]))],
    ["a text that is read as JSON", allOf(added("", "false" as never))],
    ["what is in no range of numbers", allOf({ ...added(), value: "1!-2" })],
    ["what is neither true nor false", allOf(ask("{{ request.object.spec.hostPID || `false` }}", "AnyNotIn", [false]))],
    ["another function", allOf({ ...kinds, key: "{{ request.object.spec.volumes[].values(@)[] }}" })],
    ["lists of lists", allOf({ ...added(), key: `{{ ${LISTS}.securityContext.capabilities.add }}` })],
    ["another object", allOf({ ...kinds, key: "{{ request.oldObject.spec.volumes[].keys(@)[] }}" })],
    ["an object that is called alike", allOf({ ...kinds, key: "{{ request.objects.spec.volumes[].keys(@)[] }}" })],
    ["an item outside of any list", allOf(ask("{{ element.image }}", "Equals", "a"))],
    ["a text with something in it", allOf(ask("a-{{ request.object.spec.a }}", "Equals", "a"))],
    ["registries of several lists that are not put in one", allOf(ask("{{ images.[containers, initContainers][].*.registry }}", "AnyNotIn", ["a.corp"]))],
    ["names of images", allOf(ask("{{ images.containers.*.name }}", "AnyNotIn", ["a"]))],
    ["a duration", allOf(ask("{{ request.object.spec.a || '' }}", "Equals", "1h"))],
    ["how many there are", allOf(ask(HOST_FILES, "GreaterThan", 1))],
    ["how long a text is", allOf(ask("{{ request.object.spec.a | length(@) }}", "GreaterThan", 0))],
    ["one more condition that is not known", { any: [kinds, ask("{{ a }}", "Equals", "a")] }],
    ["nothing", {}],
  ])("is not put into CEL where it asks for %s", (_, conditions) => {
    expect(celOfRule({ deny: { conditions } }, false)).toBeNull();
  });
});
