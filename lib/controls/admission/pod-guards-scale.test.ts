import { expect, test } from "vitest";
import { admissionPoliciesView } from "../../inventory/admission/policy-enforcement";
import { toPolicyNamespace } from "../../inventory/admission/policy-namespace";
import { configMap, engineWebhook, namespace } from "../../inventory/testing";
import { createTestContext } from "../../inventory/testing-context";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { records } from "../../model/json";
import { kyverno } from "../testing-pod-security-guards";
import { nodeGuardsView } from "./node-guards";
import { triedPoliciesView } from "./pod-guards";
import { nativePolicy, NO_PRIVILEGED } from "./testing-native-policies";

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

test("of policies that let all dangers through, each is asked once in each namespace about all that it does not speak of", () => {
  const policies = range(300).flatMap((index) => nativePolicy(["has(object.metadata.labels)"], {}, {}, `policy-${index}`));
  const { view } = createTestContext([...policies, ...range(500).map((index) => namespace({ name: `team-${index}` }))]);
  const [all, toTried] = [view(admissionPoliciesView), view(triedPoliciesView)];
  const cpuMs = countCpuMs();
  const tried = all.map(toTried);
  expect(tried.filter(({ laxBecause }) => laxBecause !== null)).toHaveLength(300);
  // A third of a second of the processor; the bound leaves room for a slower one.
  expect(cpuMs()).toBeLessThan(2_000);
});

test("the words of policies are looked for once, and not in each namespace", () => {
  const long = `'${"word ".repeat(10_000)}' != ''`;
  const policies = range(50).flatMap((index) => nativePolicy([NO_PRIVILEGED, long], {}, {}, `policy-${index}`));
  const guardOf = createTestContext(policies).view(nodeGuardsView);
  const cpuMs = countCpuMs();
  const guards = range(500).map((index) => guardOf(toPolicyNamespace(`team-${index}`)));
  expect(guards.filter(({ asksWho }) => !asksWho)).toHaveLength(500);
  // A fifth of a second of the processor; looked for each time, they take twelve.
  expect(cpuMs()).toBeLessThan(4_000);
});

test("whether an engine is asked in a namespace is found once for all of its policies", () => {
  const matchExpressions = range(2_000).map((index) => ({ key: `left-out-${index}`, operator: "DoesNotExist" }));
  const webhook = engineWebhook();
  const asked = { ...webhook, webhooks: records(webhook.webhooks).map((hook) => ({ ...hook, namespaceSelector: { matchExpressions } })) };
  const policies = range(300).map((index) => ({ ...kyverno({}), metadata: { name: `policy-${index}` } }));
  const guardOf = createTestContext([asked, ...policies]).view(nodeGuardsView);
  const cpuMs = countCpuMs();
  const guards = range(100).map((index) => guardOf(toPolicyNamespace(`team-${index}`)));
  expect(guards.filter(({ refuses }) => refuses === true)).toHaveLength(100);
  // A third of a second of the processor; found for each policy, it takes twelve.
  expect(cpuMs()).toBeLessThan(3_000);
});

test("a policy that asks what a namespace is labelled is tried once for all that are labelled alike", () => {
  const policies = range(400).flatMap((index) =>
    nativePolicy([`namespaceObject.metadata.labels.env != 'prod' || ${NO_PRIVILEGED}`], {}, {}, `policy-${index}`),
  );
  const namespaces = range(400).map((index) => namespace({ name: `team-${index}`, labels: { env: "prod" } }));
  const guardOf = createTestContext([...policies, ...namespaces]).view(nodeGuardsView);
  const cpuMs = countCpuMs();
  const guards = range(400).map((index) => guardOf(toPolicyNamespace(`team-${index}`, { env: "prod" })));
  const isGuarded = ({ letsThrough, policies: { length } }: (typeof guards)[number]): boolean =>
    !letsThrough.includes("privileged containers") && length === 400;
  // Tried in each namespace, they had no steps left in most.
  expect(guards.filter(isGuarded)).toHaveLength(400);
  expect(guards.filter(({ refuses }) => typeof refuses === "string")).toEqual([]);
  // Half a second of the processor.
  expect(cpuMs()).toBeLessThan(4_000);
});

test("a policy whose conditions leave out one namespace is tried once for all others", () => {
  const left = (index: number) => ({ matchConditions: [{ name: "left-out", expression: `request.namespace != 'team-${index}'` }] });
  const policies = range(200).flatMap((index) => nativePolicy([NO_PRIVILEGED], left(index), {}, `policy-${index}`));
  const { view } = createTestContext([...policies, ...range(300).map((index) => namespace({ name: `team-${index}` }))]);
  const guardOf = view(nodeGuardsView);
  const cpuMs = countCpuMs();
  const guards = range(300).map((index) => guardOf(toPolicyNamespace(`team-${index}`)));
  expect(guards.map(({ policies: { length } }) => length)).toEqual(range(300).map((index) => (index < 200 ? 199 : 200)));
  // One to two seconds of the processor; tried in each namespace, they take sixteen.
  expect(cpuMs()).toBeLessThan(7_000);
});

const NAMED_FILES_ALONE = "!has(object.spec.volumes) || object.spec.volumes.all(v, !has(v.hostPath) || v.hostPath.path in params.data.paths.split(','))";

test.each<[what: string, paths: string, lets: string[]]>([
  ["a path of slashes", `${"/".repeat(100_000)}a`, []],
  ["a line of backslashes", "\\".repeat(100_000), []],
  ["more paths than can be tried", range(100_000).join(",/"), []],
  ["ways to go on from a long path", `/${"a".repeat(4_000)}(${"b|".repeat(20_000)})`, []],
  ["a path that is let through", "/srv/data", ["files of the host"]],
])("parameters, which whoever has a namespace writes, keep nothing busy: %s", (_, paths, lets) => {
  const params = { paramKind: { apiVersion: "v1", kind: "ConfigMap" } };
  const bound = { paramRef: { name: "allowed", parameterNotFoundAction: "Deny" } };
  const policy = nativePolicy([NAMED_FILES_ALONE], params, bound);
  const { view } = createTestContext([...policy, configMap({ name: "allowed", namespace: "shop", data: { paths } })]);
  const cpuMs = countCpuMs();
  const { letsThrough } = view(nodeGuardsView)(toPolicyNamespace("shop"));
  expect(letsThrough).toEqual(["privileged containers", "the host's namespaces", ...lets]);
  // A twentieth of a second of the processor; the first three took four to twenty, the last more memory than there is.
  expect(cpuMs()).toBeLessThan(1_500);
});
