import { describe, expect, test } from "vitest";
import { judge } from "../../engine/judge";
import { buildInventory } from "../../inventory/build-inventory";
import { createInventoryBuilder } from "../../inventory/inventory-builder";
import { NOT_READ } from "../../inventory/nodes/kubelet-configs";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { configMap, daemonSet, deployment, kubeletConfig, namespace, node, pod } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import type { OwnControl } from "../../model/own-control";
import { listControls } from "../registry";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { findOwnControlProblem, toOwnControl } from "./own-control";
import { findOwnSubject } from "./own-subject";

const standing = () => 0;

function spec(part: Partial<OwnControl>): OwnControl {
  return {
    id: "own-rule",
    title: "The rule holds",
    layer: "container",
    severity: "medium",
    subject: "workload",
    expression: "true",
    message: "The rule is broken.",
    fix: "Mend it.",
    ...part,
  };
}

function judgeWith(part: Partial<OwnControl>, objects: readonly JsonRecord[], now: () => number = standing) {
  const inventory = buildInventory(objects, WHOLE_CLUSTER);
  return [...judge(inventory, [toOwnControl(spec(part), now)])].map(({ resource, state, reason, severity, evidence }) => ({
    of: `${resource.kind} ${resource.name}`,
    state,
    reason,
    severity,
    evidence: evidence.map(({ path, value, container }) => `${container ? `${container}: ` : ""}${path} = ${value}`),
  }));
}

const containers = (...images: string[]) => images.map((image, i) => ({ name: `c${i}`, image }));
const web = (images: string[], metadata: object = {}) =>
  deployment({ metadata: { name: "web", namespace: "shop", ...metadata }, podSpec: { containers: containers(...images) } });

describe("an own control", () => {
  test("passes where its expression is true and fails where it is false, with the field and its value", () => {
    const part = { expression: "has(object.metadata.labels) && 'team' in object.metadata.labels && object.spec.replicas >= 2" };
    const at = (replicas: number) => ({ ...web(["a:1"], { labels: { team: "shop" } }), spec: { ...(web(["a:1"]).spec as object), replicas } });
    expect(judgeWith(part, [at(3)])).toMatchObject([{ of: "Deployment web", state: "pass" }]);
    expect(judgeWith(part, [at(1)])).toMatchObject([{ state: "fail", severity: "medium", evidence: ["spec.replicas = 1"] }]);
  });
  test("shows the items of a list that fail, not those that do not", () => {
    const part = { subject: "pod", expression: "object.spec.containers.all(c, c.image.startsWith('registry.example.com/') && !c.image.endsWith(':latest'))" };
    const [verdict] = judgeWith(part, [web(["registry.example.com/a:1", "docker.io/b:1", "registry.example.com/c:latest"])]);
    expect(verdict?.evidence).toEqual([
      "spec.template.spec.containers[1].image = docker.io/b:1",
      "spec.template.spec.containers[2].image = registry.example.com/c:latest",
    ]);
  });
  test("is unknown of containers that cannot be read, none of which it was asked about", () => {
    const of = (list: unknown) => judgeWith({ subject: "container", expression: "has(container.image)" }, [deployment({ podSpec: { containers: list } })])[0];
    expect(of({ name: "app" })).toMatchObject({
      state: "unknown",
      reason: "The API server refuses this pod: spec.template.spec.containers must be a list of containers.",
    });
    expect(of([])).toMatchObject({ state: "unknown" });
    expect(of(["app", { name: "other" }])).toMatchObject({ state: "fail" });
  });
  test("is asked once for each container, and names the one that fails", () => {
    const part = { subject: "container", expression: "containerType != 'container' || has(container.livenessProbe)" };
    expect(judgeWith(part, [web(["a:1"])])).toMatchObject([{ state: "fail", evidence: ["c0: spec.template.spec.containers[0].livenessProbe = null"] }]);
  });
  test("knows each container by what it is for", () => {
    const podSpec = {
      initContainers: [
        { name: "first", image: "a:1" },
        { name: "beside", image: "a:1", restartPolicy: "Always" },
      ],
      containers: containers("a:1"),
      ephemeralContainers: [{ name: "debug", image: "a:1" }],
    };
    const failing = (type: string) =>
      judgeWith({ subject: "container", expression: `containerType != '${type}' || has(container.tty)` }, [pod({ podSpec })])[0]?.evidence;
    expect(["container", "init", "sidecar", "ephemeral"].map(failing)).toEqual([
      ["c0: spec.containers[0].tty = null"],
      ["first: spec.initContainers[0].tty = null"],
      ["beside: spec.initContainers[1].tty = null"],
      ["debug: spec.ephemeralContainers[0].tty = null"],
    ]);
  });
  test("sees the namespace of an object that is no workload, and none of a namespace itself, as admission policies do", () => {
    const objects = [configMap({ name: "settings", namespace: "shop" }), namespace({ name: "shop", labels: { team: "a" } })];
    const expression = "namespaceObject.metadata.labels.team == 'a'";
    expect(judgeWith({ subject: "ConfigMap", expression }, objects)).toMatchObject([{ state: "pass" }]);
    expect(judgeWith({ subject: "ConfigMap", expression: expression.replace("'a'", "'b'") }, objects)).toMatchObject([
      { state: "fail", evidence: [expect.stringContaining("metadata.labels.team = a")] },
    ]);
    expect(judgeWith({ subject: "Namespace", expression: "namespaceObject == null" }, objects)).toMatchObject([{ state: "pass" }]);
    expect(judgeWith({ subject: "Namespace", expression }, objects)).toMatchObject([{ state: "unknown" }]);
  });
  test("sees the namespace of its object", () => {
    const part = { expression: "has(namespaceObject.metadata.labels.team)" };
    const labelled = namespace({ metadata: { name: "shop", labels: { team: "a" } } });
    const bare = namespace({ metadata: { name: "shop", labels: { other: "a" } } });
    expect(judgeWith(part, [web(["a:1"]), labelled])).toMatchObject([{ state: "pass" }]);
    expect(judgeWith(part, [web(["a:1"]), bare])).toMatchObject([{ state: "fail", evidence: ["metadata.labels.team = null"] }]);
  });
  test("judges objects of any kind that is kept, and of no other", () => {
    const part = { subject: "ConfigMap", expression: "!object.data.exists(key, key.endsWith('.pem'))" };
    const bad = configMap({ metadata: { name: "keys", namespace: "shop" }, data: { "a.txt": "1", "ca.pem": "2" } });
    expect(judgeWith(part, [bad, web(["a:1"])])).toMatchObject([{ of: "ConfigMap keys", state: "fail", evidence: ['data["ca.pem"] = 2'] }]);
  });
  test("does not apply to workloads of another kind than it names", () => {
    const objects = [web(["a:1"]), pod({ metadata: { name: "lone", namespace: "shop" } })];
    expect(judgeWith({ subject: "Deployment", expression: "false" }, objects).map(({ of, state }) => `${of} ${state}`)).toEqual([
      "Deployment web fail",
      "Pod lone not-applicable",
    ]);
  });
  test("is unknown with the reason where a field is missing, and the rest goes on", () => {
    const objects = [configMap({ metadata: { name: "a" }, data: { x: "1" } }), configMap({ metadata: { name: "b" } })];
    expect(judgeWith({ subject: "ConfigMap", expression: "object.data.x == '1'" }, objects)).toMatchObject([
      { of: "ConfigMap a", state: "pass" },
      { of: "ConfigMap b", state: "unknown", reason: "The expression cannot be evaluated: field not found: x." },
    ]);
  });
  test("is unknown where it says neither true nor false", () => {
    expect(judgeWith({ expression: "object.spec.replicas" }, [{ ...web(["a:1"]), spec: { ...(web(["a:1"]).spec as object), replicas: 2 } }])).toMatchObject([
      { state: "unknown", reason: "The expression cannot be evaluated: it does not say true or false." },
    ]);
  });
  test("treats whole numbers as whole numbers", () => {
    const part = { expression: "object.spec.template.spec.terminationGracePeriodSeconds % 2 == 0" };
    const object = deployment({ podSpec: { containers: containers("a:1"), terminationGracePeriodSeconds: 30 } });
    expect(judgeWith(part, [object])).toMatchObject([{ state: "pass" }]);
  });
});

test("an own control says that a namespace is missing, not that one of its fields is", () => {
  const part = { expression: "namespaceObject.metadata.name == 'shop'" };
  const reason = "The expression cannot be evaluated: namespaceObject is null, since the object's namespace was not read, or it is in none.";
  expect(judgeWith(part, [web(["a:1"])])).toMatchObject([{ state: "unknown", reason }]);
  expect(judgeWith(part, [web(["a:1"]), namespace({ name: "shop" })])).toMatchObject([{ state: "pass" }]);
});

test("an own control says nothing of a kubelet whose settings could not be had", () => {
  const part = { subject: "KubeletConfiguration", expression: "!has(object.readOnlyPort) || object.readOnlyPort == 0" };
  const reason = "The kubelet of this node did not answer in time.";
  const unread = { apiVersion: "kubelet.config.k8s.io/v1beta1", kind: "KubeletConfiguration", metadata: { name: "a", annotations: { [NOT_READ]: reason } } };
  expect(judgeWith(part, [unread, kubeletConfig({ name: "b" })])).toMatchObject([{ state: "unknown", reason }, { state: "pass" }]);
});

test("an own control finds in a live pod that differs what its template says of fields that nobody compares", () => {
  const container = { terminationMessagePolicy: "File" };
  const podSpec = { priorityClassName: "high" };
  const metadata = { ownerReferences: [{ apiVersion: "apps/v1", kind: "DaemonSet", name: "app", controller: true }] };
  const part = { subject: "container", expression: "has(object.spec.priorityClassName) && has(container.terminationMessagePolicy)" };
  const live = (own: object) => [daemonSet({ podSpec, container }), pod({ name: "app-1", metadata, podSpec: { ...own, hostPID: true } })];
  expect(judgeWith(part, live({}))).toMatchObject([{ state: "pass" }]);
  const noProcesses = { subject: "pod", expression: "!has(object.spec.hostPID)" };
  expect(judgeWith(noProcesses, live({}))).toMatchObject([{ state: "fail", evidence: ["spec.hostPID = true"] }]);
});

describe("an own control of workloads says of an owner that is known by its pods alone", () => {
  const metadata = { ownerReferences: [{ apiVersion: "apps.kruise.io/v1alpha1", kind: "CloneSet", name: "web", controller: true }] };
  const known = pod({ name: "web-1", metadata, podLabels: { team: "shop" }, podSpec: { priorityClassName: "high" } });
  const ask = (expression: string, part: Partial<OwnControl> = {}) => judgeWith({ expression, ...part }, [known])[0];

  test.each([
    "has(object.metadata.labels) && 'team' in object.metadata.labels",
    "object.metadata.?labels[?'team'].hasValue()",
    "object.metadata.annotations['a'] == 'b'",
    "has(object.spec.replicas) && object.spec.replicas > 1",
    "object.spec.?replicas.orValue(1) > 1",
    "object.spec['replicas'] > 1",
    "has(object.spec.template)",
    "object.spec.exists(field, field == 'replicas')",
    "object.kind == 'CloneSet' || !has(object.status)",
  ])("nothing that reads what no pod tells: %s", (expression) => {
    expect(ask(expression)).toMatchObject({ of: "CloneSet web", state: "unknown", reason: expect.stringContaining("not read, only its pods are") });
  });

  test.each<[string, string, string]>([
    ["object.spec.priorityClassName == 'high' && object.metadata.namespace == 'shop'", "workload", "pass"],
    ["object.spec.?priorityClassName.orValue('') == 'low'", "workload", "fail"],
    ["object.kind != 'CloneSet'", "workload", "fail"],
    ["pod.spec.containers.all(c, has(c.image)) && 'team' in pod.metadata.labels", "workload", "pass"],
    ["'team' in object.metadata.labels && has(object.spec.priorityClassName)", "pod", "pass"],
    ["!has(object.spec.priorityClassName)", "container", "fail"],
  ])("what its pods tell: %s (%s)", (expression, subject, state) => {
    expect(ask(expression, { subject })).toMatchObject({ of: "CloneSet web", state });
  });
});

describe("an own control says nothing of what is left out before objects are kept", () => {
  const metadata = { name: "web", namespace: "shop" };
  const budget = (part: object = {}) => ({ apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata, spec: {}, ...part });
  const secret = (kind: string, spec: object) => ({ apiVersion: "external-secrets.io/v1", kind, metadata, spec });
  const backend = { apiVersion: "cloud.google.com/v1", kind: "BackendConfig", metadata, spec: { iap: { enabled: true } } };
  const forEach = secret("ClusterExternalSecret", { externalSecretSpec: { target: { name: "a" } } });
  const ofCluster = { apiVersion: "v1", kind: "Secret", metadata: { name: "db", namespace: "shop" }, type: "Opaque", immutable: true, data: { a: "eA==" } };
  test.each<[string, string, JsonRecord, string]>([
    ["PodDisruptionBudget", "has(object.status)", budget(), "unknown"],
    ["PodDisruptionBudget", "!has(object.status) || object.status.disruptionsAllowed > 0", budget(), "unknown"],
    ["PodDisruptionBudget", "object.status.disruptionsAllowed > 0", budget({ status: { disruptionsAllowed: 0 } }), "fail"],
    ["PodDisruptionBudget", "!has(object.spec.minAvailable)", budget(), "pass"],
    ["ExternalSecret", "has(object.spec.refreshInterval)", secret("ExternalSecret", { target: { name: "a" } }), "unknown"],
    ["ExternalSecret", "has(object.spec.target.name)", secret("ExternalSecret", { target: { name: "a" } }), "pass"],
    ["ClusterExternalSecret", "has(object.spec.externalSecretSpec.target.name)", forEach, "pass"],
    ["ExternalSecret", "!has(object.status.refreshTime)", { ...secret("ExternalSecret", {}), status: { conditions: [] } }, "unknown"],
    ["PodDisruptionBudget", "!('status' in object)", budget(), "unknown"],
    ["Secret", "!has(object.data)", ofCluster, "unknown"],
    ["Secret", "object.?immutable.orValue(false)", ofCluster, "unknown"],
    ["Secret", "object.type == 'Opaque' && object.metadata.name == 'db'", ofCluster, "pass"],
    ["Node", "object.?status.images.orValue([]).size() < 50", node(), "unknown"],
    ["Node", "!('images' in object.status)", node(), "unknown"],
    ["Node", "[object].all(it, !has(it.status.volumesInUse))", node(), "unknown"],
    ["Node", "has(object.metadata.name) && has(object.status) && !has(object.status.phase)", node(), "pass"],
    ["BackendConfig", "has(object.spec.securityPolicy)", backend, "unknown"],
    ["BackendConfig", "object.spec.iap.enabled", backend, "pass"],
    ["workload", "!('status' in pod)", web(["a:1"]), "unknown"],
    ["workload", "has(pod.spec) && has(object.spec)", web(["a:1"]), "pass"],
    ["Deployment", "!has(object.status)", web(["a:1"]), "unknown"],
    ["pod", "!has(object.status)", web(["a:1"]), "unknown"],
  ])("%s: %s", (subject, expression, object, state) => {
    expect(judgeWith({ subject, expression }, [object])).toMatchObject([{ state }]);
  });
});

test("an own control of a kind that clusters are not asked for says so, of that kind", () => {
  const inventory = createInventoryBuilder(WHOLE_CLUSTER).finish();
  const [verdict] = judge(inventory, [toOwnControl(spec({ subject: "HorizontalPodAutoscaler" }), standing)]);
  const reason = "Clusters are not asked for HorizontalPodAutoscaler objects: they are judged in manifests alone.";
  expect(verdict).toMatchObject({ state: "unknown", reason });
});

test("an own control is about no kind that no object carries", () => {
  expect(findOwnSubject("CELPolicyException")).toBeNull();
  expect(findOwnSubject("PolicyException")).not.toBeNull();
});

describe("a control that cannot be read", () => {
  test.each([
    ["object.spec == )", "Line 1, column 16: there is nothing between == and )."],
    ["\n\n  object.spec.replicas = 3", "Line 3, column 24: CEL compares with ==, and one = alone means nothing."],
    ["object.spec.replicas === 3", "Line 1, column 22: CEL compares with ==, not with ===."],
    ["object.spec.hostNetwork & true", "Line 1, column 25: and is written && in CEL."],
    ["object.a and object.b", "Line 1, column 10: and is written && in CEL."],
    ["not object.a", "Line 1, column 1: not is written ! in CEL."],
    ["object.a == True", "Line 1, column 13: True is written true in CEL."],
    ["object.a.all(c c.b)", "Line 1, column 16: between c and c something is missing, such as a comma, && or ==."],
    ["object.a.all(c, c.b == 'x'", "Line 1, column 13: the ( that begins here is never closed."],
    ["object.a[0)", "Line 1, column 9: the [ that begins here is closed by )."],
    ["object.a)", "Line 1, column 9: ) closes what nothing opens."],
    ["object.a == 'x", "Line 1, column 13: the text that begins here has no ' at its end."],
    ["object.a ? true", "Line 1, column 10: after this ? there is no :."],
    ["has(object.a) ? object.a.exists(b, b ? true : false)", "Line 1, column 15: after this ? there is no :."],
    ["object.a.all(c, c.b ? true) || true", "Line 1, column 21: after this ? there is no :."],
    ["object.", "Line 1, column 7: nothing follows the dot."],
    ["// nothing", "Line 1, column 1: there is no expression, only blanks or comments."],
    ["object.a == 1 § 2", "Line 1, column 15: § is nothing that CEL knows."],
    ["object.a.?['b']", "Line 1, column 10: after .? there is a field, as in object.?spec; a key is read with [?'key']."],
    ["size([?object.?a]) > 0", "Line 1, column 7: an item of a list cannot be optional here: leave it out with a condition."],
    ["object.?spec.b[?'x'].c.d(", "Line 1, column 25: the ( that begins here is never closed."],
    ["nope.spec", "There is no variable called nope; this subject has object, pod, namespaceObject."],
    ["object.l.shuffle().size() > 3", "There is no function called shuffle that takes what it is given here."],
    ["object.l.all(a, a.all(b, b.all(c, c.all(d, d))))", "Loops are nested more than 3 deep."],
    ["a".repeat(2001), "The expression has more than 2,000 characters."],
    ["object.metadata.name.matches('(')", "The pattern ( cannot be read: missing closing ): `(`."],
    ["matches(object.metadata.name, '(')", "The pattern ( cannot be read: missing closing ): `(`."],
    ["object.metadata.name.findAll('(', 1) == []", "The pattern ( cannot be read: missing closing ): `(`."],
    ["object.metadata.labels.all(k, k, k != '')", "all takes a variable and an expression, or two variables of different names: `m.all(k, v, v != '')`."],
    ["has(object)", "has takes a field, such as has(object.spec)."],
    [
      "object.spec.?replicas > 1",
      "A value that may be missing is compared with one that is there: end it with .orValue(…), as in object.spec.?replicas.orValue(1) > 1.",
    ],
    ["object.spec.?paused", "The expression gives a value that may be missing, never true or false: end it with .orValue(false), or ask .hasValue()."],
    ["optional.nothing().hasValue()", "There is no function called optional.nothing that takes what it is given here."],
    ["object.spec.?a.optMap(1, 2).hasValue()", "optMap takes a variable and an expression, such as object.spec.?replicas.optMap(n, n > 1)."],
    ["object.metadata.name", "The expression gives a text, never true or false: compare it, as in … == 'value'."],
    ["object.metadata.labels['a']", "The expression gives a text, never true or false: compare it, as in … == 'value'."],
    ["size(object.spec.containers)", "The expression gives a number, never true or false: compare it, as in … > 0."],
    ["object.spec.containers.map(c, c.name)", "The expression gives a list, never true or false: ask about its items, as in ….all(item, …), or size(…) > 0."],
    ["object.metadata", "The expression gives a map, never true or false: ask about its keys, as in 'key' in …."],
    ["has(object.a) ? 'yes' : 'no'", "The expression gives a text, never true or false: compare it, as in … == 'value'."],
    ["has(object.a) && object.metadata.name", "`object.metadata.name` gives a text, never true or false: compare it, as in … == 'value'."],
    ["!object.metadata.labels", "`object.metadata.labels` gives a map, never true or false: ask about its keys, as in 'key' in …."],
    ["object.metadata.name ? true : false", "`object.metadata.name` gives a text, never true or false: compare it, as in … == 'value'."],
    ["size(object.spec.containers) > '3'", "`size(object.spec.containers)`: it compares a number with a text, which have no order."],
    ["object.metadata.labels == 'a'", "`object.metadata.labels`: it compares a map with a text, which are never equal."],
    ["object.metadata.labels['a'] == true", '`object.metadata.labels["a"]`: it compares a text with true or false, which are never equal.'],
    ["variables.x == 1", "There is no variable called variables; this subject has object, pod, namespaceObject; write what the variable stands for."],
    ["null", "The expression gives another value, never true or false: compare it."],
    ["object.metadata.name == 'a.?b' &&", "Line 1, column 32: nothing follows &&."],
  ])("says why in one sentence: %.60s", (expression, problem) => {
    expect(findOwnControlProblem({ subject: "workload", expression })).toBe(`${problem}${problem.endsWith(".") ? "" : "."}`);
    expect(judgeWith({ expression }, [web(["a:1"])])).toMatchObject([{ of: "Cluster cluster", state: "unknown" }]);
  });
  test.each([
    "object.spec.paused",
    "object.spec.template.metadata.labels.exists(k, k == 'a')",
    "object.spec.a.b.exists_one(x, x.c)",
    "has(object.a) ? object.a : true",
    "object.metadata.name == 'x' // why",
    "// why\nobject.kind == 'x'\n// done",
    "object.spec['a'] || object.metadata.labels.exists(object, object == 'x')",
    'object.metadata.name.matches(r\'^\\d+$\') && "it\'s" != \'\\\'\' && """a\n"b""" != \'c\'',
    "dyn(object.a)",
    "object.metadata.labels['a'] == string(object.spec.a) && size('a') == object.spec.b && [1] != object.c",
    "object.spec.a == null && object.metadata.labels != null && type(object.a) == string",
    "quantity('1') == quantity(object.a) && ip('::1') != ip(object.b) && duration('1s') > duration(object.c)",
    "bool(object.metadata.labels['a'])",
    "{'a': 1}['a'] == 1 && [1, 2][0] == 1 && -object.a < .5 && !(!object.b)",
    "object.spec.a == 1u && object.spec.b == 0x1F && 1e3 > 2.5E-3",
  ])("is not found where there is nothing wrong: %s", (expression) => {
    expect(findOwnControlProblem({ subject: "workload", expression })).toBeNull();
  });
  test("names the subjects there are", () => {
    expect(findOwnControlProblem({ subject: "Podd", expression: "true" })).toBe(
      "There is no subject called Podd: it is workload, pod, container, or a kind that Concentric reads, such as Namespace.",
    );
  });
});

const many = (count: number) => configMap({ metadata: { name: "many" }, data: Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, "v"])) });

describe("an expression that asks for too much", () => {
  const reasonOf = (expression: string, object = many(900), now?: () => number) => judgeWith({ subject: "ConfigMap", expression }, [object], now)[0];
  test("is stopped after so many steps, and the next object is judged", () => {
    const expression = "size(object.data) < 10 || object.data.all(a, object.data.all(b, object.data.all(c, a != '' || b != '' || c != '')))";
    const small = configMap({ metadata: { name: "small" }, data: { a: "1" } });
    expect(judgeWith({ subject: "ConfigMap", expression }, [many(900), small])).toMatchObject([
      { state: "unknown", reason: "The expression cannot be evaluated: it needs more than 50,000 steps for this object." },
      { state: "pass" },
    ]);
  });
  test("does not pass by swallowing the stop", () => {
    expect(reasonOf("object.data.all(a, object.data.all(b, a != b || true)) || true")?.state).toBe("unknown");
  });
  test("makes no long text", () => {
    const text = `'${"x".repeat(200)}'`;
    const doubled = (levels: number): string => (levels === 0 ? text : `[${doubled(levels - 1)}].map(t, t + t + t + t + t + t + t + t)[0]`);
    expect(reasonOf(`size(${doubled(3)}) > 0`)?.reason).toBe("The expression cannot be evaluated: it makes a text of more than 10,000 characters.");
    expect(reasonOf(`size(${text}.replace('', ${text})) > 0`)?.reason).toContain("a text of more than 10,000 characters");
    expect(reasonOf(`object.data.map(k, ${text}).join(',') != ''`)?.reason).toContain("a text of more than 10,000 characters");
  });
  test("makes no long list", () => {
    expect(reasonOf("size(object.data.map(k, k) + object.data.map(k, k)) > 0", many(600))?.reason).toContain("a list of more than 1,000 items");
  });
  test("reads no object without end", () => {
    expect(reasonOf("has(object.data)", many(60_000))?.reason).toBe("The expression cannot be evaluated: the object has more than 50,000 values.");
  });
  test("ends by the clock where steps are slow, for this object and for all that follow", () => {
    let time = 0;
    const verdicts = judgeWith(
      { subject: "ConfigMap", expression: "object.data.all(k, k != '')" },
      [many(20), configMap({ data: { a: "1" } })],
      () => (time += 1000),
    );
    expect(verdicts.map(({ state, reason }) => `${state}: ${reason}`)).toEqual([
      "unknown: The expression cannot be evaluated: it takes more than 10 seconds for all objects together.",
      "unknown: The expression cannot be evaluated: it takes more than 10 seconds for all objects together.",
    ]);
  });
  test("backtracks in no pattern", () => {
    const object = configMap({ metadata: { name: "x" }, data: { a: `${"a".repeat(5000)}!` } });
    const cpuMs = countCpuMs();
    expect(reasonOf("!object.data.a.matches('^(a+)+$')", object)?.state).toBe("pass");
    expect(cpuMs()).toBeLessThan(2000);
  });
  test("pays for a long pattern on a long text", () => {
    expect(reasonOf("object.data.a.matches('(a?){1000}$')", configMap({ data: { a: "a".repeat(100_000) } }))?.reason).toBe(
      "The expression cannot be evaluated: it needs more than 50,000 steps for this object.",
    );
  });
  test("takes no pattern that is endless once its repetitions are written out", () => {
    const pattern = "(a?){1000}".repeat(4);
    const problem = `The pattern ${pattern} cannot be read: with its repetitions written out it is too long.`;
    expect(findOwnControlProblem({ subject: "ConfigMap", expression: `object.data.a.matches('${pattern}')` })).toBe(problem);
    expect(reasonOf(`object.data.a.find(object.data.b) == ''`, configMap({ data: { a: "a", b: pattern } }))?.reason).toBe(
      "The expression cannot be evaluated: with its repetitions written out it is too long.",
    );
  });
  test("costs little on many objects", () => {
    const objects = Array.from({ length: 2000 }, (_, i) => configMap({ metadata: { name: `c${i}` }, data: { a: "1", b: "2" } }));
    const cpuMs = countCpuMs();
    expect(judgeWith({ subject: "ConfigMap", expression: "object.data.all(k, k != '')" }, objects)).toHaveLength(2000);
    expect(cpuMs()).toBeLessThan(3000);
  });
});

test("no id of a built-in control is in the way of the examples", () => {
  expect(listControls().map(({ id }) => id)).not.toContain("own-rule");
});
