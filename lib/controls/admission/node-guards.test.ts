import { expect, test } from "vitest";
import { toPolicyNamespace } from "../../inventory/admission/policy-namespace";
import { createTestContext } from "../../inventory/testing-context";
import { engineWebhook } from "../../inventory/testing";
import { record, records } from "../../model/json";
import { template } from "../testing-admission-policies";
import { gatekeeper } from "../testing-pod-security-guards";
import { open } from "../testing-tried-guards";
import { nodeGuardsView } from "./node-guards";
import { nativePolicy, NO_PRIVILEGED_ADDED, TAKES_OVER_NOTHING } from "./testing-native-policies";

/** A constraint of Gatekeeper's library whose template asks for a field of the containers that are added, too. */
const alsoAdded = (kind: string, field: string, parameters: object = {}) => [
  engineWebhook("gatekeeper"),
  template(`package guard\nviolation[{}] { input.review.object.spec.ephemeralContainers[_]; input.review.object.spec.${field} }`, kind),
  ...gatekeeper({ parameters }).filter((item) => item.kind === kind),
];

test.each([
  ["a constraint on privileged containers", alsoAdded("K8sPSPPrivilegedContainer", "privileged"), true],
  ["one that may leave some out", alsoAdded("K8sPSPPrivilegedContainer", "privileged", { exemptImages: ["any/*"] }), false],
  ["one on files of the host, which says nothing of privileged ones", alsoAdded("K8sPSPHostFilesystem", "hostPath"), false],
  ["none", [], false],
])("containers that are added may be seen beside a policy that does not look at them: by %s", (_, constraint, seesAdded) => {
  const context = createTestContext([open, ...nativePolicy(TAKES_OVER_NOTHING), ...constraint]);
  const guard = context.view(nodeGuardsView)(toPolicyNamespace("shop"));
  expect([guard.refuses, guard.seesAdded]).toEqual([true, seesAdded]);
});

test("containers that are added are seen where the binding that acts means them, and not where another does", () => {
  const rules = [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods", "pods/ephemeralcontainers"] }];
  const [policy, bound] = nativePolicy([...TAKES_OVER_NOTHING, NO_PRIVILEGED_ADDED], { matchConstraints: { resourceRules: rules } });
  const binding = (name: string, resources: readonly string[]) => {
    const matchResources = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } }, resourceRules: [{ ...rules[0], resources }] };
    return { ...bound, metadata: { name }, spec: { ...record(bound?.spec), matchResources } };
  };
  const guardOf = createTestContext([policy ?? {}, binding("shop", ["pods"]), binding("other", ["pods", "pods/ephemeralcontainers"])]).view(nodeGuardsView);
  expect(["shop", "other"].map((name) => guardOf(toPolicyNamespace(name))).map(({ refuses, seesAdded }) => [refuses, seesAdded])).toEqual([
    [true, false],
    [true, true],
  ]);
});

test("a constraint sees no containers that are added where no webhook of Gatekeeper asks about them", () => {
  const hook = engineWebhook("gatekeeper");
  const ofPods = {
    ...hook,
    webhooks: records(hook.webhooks).map((item) => ({ ...item, rules: records(item.rules).map((rule) => ({ ...rule, resources: ["pods"] })) })),
  };
  const [, ...constraint] = alsoAdded("K8sPSPPrivilegedContainer", "privileged");
  const seen = [hook, ofPods].map((asking) => {
    const context = createTestContext([open, ...nativePolicy(TAKES_OVER_NOTHING), asking, ...constraint]);
    return context.view(nodeGuardsView)(toPolicyNamespace("shop")).seesAdded;
  });
  expect(seen).toEqual([true, false]);
});
