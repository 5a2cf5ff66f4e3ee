import { describe, expect, test } from "vitest";
import { toKubeObject } from "../../inventory/kube-object";
import { type JsonRecord, record } from "../../model/json";
import { fc } from "../../model/testing-properties";
import { DANGERS_APART } from "../../pod-security/exemplary-pods";
import { readPolicy } from "./read-policy";
import { nativePolicy, NO_PRIVILEGED } from "./testing-native-policies";
import { tryPolicy } from "./try-policy";

const NAMES = ["shop", "shop-2", "till", "kube-system", "trial"];
const namespaceObject = (name: string, metadata: JsonRecord = {}): JsonRecord => ({
  apiVersion: "v1",
  kind: "Namespace",
  ...{ metadata: { ...metadata, name, labels: { "kubernetes.io/metadata.name": name, ...record(metadata.labels) } } },
});

const OBJECTS = NAMES.flatMap((name, index) => [
  namespaceObject(name),
  namespaceObject(name, { labels: { env: "prod", team: NAMES[index + 1] ?? "" }, annotations: { open: "yes" } }),
  namespaceObject(name, { labels: { env: "shop" }, annotations: { other: "prod" } }),
]);

function trialOf(validation: string, spec: JsonRecord) {
  const read = readPolicy(toKubeObject(record(nativePolicy([validation], spec)[0]), () => "workload"));
  return "problem" in read ? null : tryPolicy(read, 1);
}

const VALUES = [
  ...["request.namespace", "object.metadata.namespace", "namespaceObject.metadata.name", "namespaceObject.metadata.labels.env"],
  ...["namespaceObject.metadata.labels['team']", "namespaceObject.?metadata.?labels[?'team'].orValue('till')", "namespaceObject.metadata.annotations.open"],
  ...["(request.namespace == 'till' ? {'namespace': 'prod'} : {'namespace': 'shop'}).namespace", "variables.where"],
];
const literal = fc.constantFrom("shop", "till", "prod", "kube-", "-2", "");
const quoted = literal.map((text) => `'${text}'`);
const value = fc.constantFrom(...VALUES);
const question = fc.oneof(
  fc.tuple(value, fc.constantFrom("==", "!="), fc.oneof(quoted, value)).map((parts) => parts.join(" ")),
  fc.tuple(quoted, value).map(([text, of]) => `${text} == ${of}`),
  fc
    .tuple(value, fc.array(fc.oneof({ weight: 4, arbitrary: quoted }, value), { minLength: 1, maxLength: 3 }))
    .map(([of, texts]) => `${of} in [${texts.join()}]`),
  fc.tuple(value, fc.constantFrom("startsWith", "endsWith", "contains"), fc.oneof(quoted, value)).map(([of, name, text]) => `${of}.${name}(${text})`),
  fc.tuple(quoted, value).map(([text, of]) => `${text}.startsWith(${of})`),
  fc.constantFrom("has(namespaceObject.metadata.annotations.open)", "'env' in namespaceObject.metadata.labels", "has(namespaceObject.metadata.labels.team)"),
  fc.constantFrom("[request].all(it, it.namespace == 'shop')", "size(request.namespace) > 4", "request.namespace.matches('^shop')"),
);
const asked = fc.tuple(question, fc.constantFrom("&&", "||"), question, fc.boolean()).map(([a, join, b, isNot]) => `${isNot ? "!" : ""}(${a} ${join} ${b})`);
const where = fc.constantFrom("request.namespace", "request.namespace == 'shop' ? 'till' : 'prod'", "namespaceObject.metadata.labels.?env.orValue('till')");

test("namespaces that are seen alike are judged alike: each by itself, and by the policy that was tried elsewhere", () => {
  fc.assert(
    fc.property(
      asked,
      fc.option(question, { nil: undefined }),
      where,
      fc.constantFrom("Fail", "Ignore"),
      (expression, condition, expressionOfWhere, failurePolicy) => {
        const spec = {
          failurePolicy,
          variables: [{ name: "where", expression: expressionOfWhere }],
          matchConditions: condition === undefined || condition.includes("variables") ? [] : [{ name: "asked", expression: condition }],
        };
        const trial = trialOf(`${expression} || ${NO_PRIVILEGED}`, spec);
        if (!trial) return;
        const judged = OBJECTS.map((object) => {
          const situation = { namespace: String(record(object.metadata).name), namespaceObject: object, params: null };
          return { seen: trial.seenOf(situation.namespace, object), said: DANGERS_APART.slice(0, 2).map((danger) => trial.refusesDanger(danger, situation)) };
        });
        const firsts = new Map(judged.toReversed().map(({ seen, said }) => [seen, said]));
        expect(judged.map(({ said }) => said)).toEqual(judged.map(({ seen }) => firsts.get(seen)));
      },
    ),
    { numRuns: 120 },
  );
});

/** The names of those that are seen alike, as they come. */
function groupsOf(validation: string, spec: JsonRecord = {}): readonly string[] {
  const trial = trialOf(validation, spec);
  return [...Map.groupBy(NAMES, (name) => trial?.seenOf(name, namespaceObject(name))).values()].map((names) => names.join(" "));
}

describe("all namespaces are seen alike but for", () => {
  test.each<[what: string, validation: string, groups: readonly string[]]>([
    ["one that is left out", "request.namespace != 'shop'", ["shop", "shop-2 till kube-system trial"]],
    ["one that is meant", "'shop' == object.metadata.namespace", ["shop", "shop-2 till kube-system trial"]],
    ["those of a list", "namespaceObject.metadata.name in ['shop', 'till']", ["shop till", "shop-2 kube-system trial"]],
    ["two that are asked for apart", "request.namespace == 'shop' || request.namespace == 'till'", ["shop", "shop-2 kube-system trial", "till"]],
    ["those whose names begin so", "request.namespace.startsWith('shop')", ["shop shop-2", "till kube-system trial"]],
    ["those whose names end so", "request.namespace.endsWith('l')", ["shop shop-2 kube-system", "till trial"]],
    ["those whose names hold it", "request.namespace.contains('p-')", ["shop till kube-system trial", "shop-2"]],
    ["none, where nothing is asked", "has(object.spec.nodeName)", ["shop shop-2 till kube-system trial"]],
    ["each, where its name goes into what is asked", "object.metadata.name == request.namespace", NAMES],
  ])("%s", (_, validation, groups) => {
    expect(groupsOf(validation)).toEqual(groups);
  });

  test("one that was not read, where another that was has no such field", () => {
    const [trial, object] = [trialOf("has(namespaceObject.spec)", {}), namespaceObject("shop")];
    expect(trial?.seenOf("shop", object)).toBe(trial?.seenOf("till", namespaceObject("till")));
    expect(trial?.seenOf("shop", object)).not.toBe(trial?.seenOf("till", null));
  });

  test("those that a variable leaves out", () => {
    const variables = [{ name: "spared", expression: "request.namespace in ['shop', 'till']" }];
    expect(groupsOf("variables.spared", { variables })).toEqual(["shop till", "shop-2 kube-system trial"]);
  });

  test("those that a condition leaves out which hangs on the pod, too", () => {
    const matchConditions = [{ name: "spared", expression: "request.namespace != 'shop' || has(object.spec.nodeName)" }];
    expect(groupsOf("true", { matchConditions })).toEqual(["shop", "shop-2 till kube-system trial"]);
  });
});
