import { describe, expect, test } from "vitest";
import { configMap, engineWebhook } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { inCelException, running } from "../testing-pod-security-guards";
import { ALL_CONTAINERS, kyvernoPolicy, NO_PRIVILEGED } from "./testing-native-policies";
import { refusals } from "./testing-refusals";
import type { Refusal } from "./refusal";

const PLAIN = "c.?securityContext.?privileged.orValue(false)";
const VOLUMES = "!has(object.spec.volumes) || object.spec.volumes.all(v, v.nfs.path == '')";
const ON_PODS = { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }] };
const exceptionOf = (spec: JsonRecord) => inCelException({ policyRefs: [{ kind: "ValidatingPolicy", name: "guard" }], ...spec });
const NOT_EVALUATED = "what it asks cannot be evaluated here";
const withoutFunction = (name: string) => `${NOT_EVALUATED}: there is no function called ${name} that takes what it is given here`;

describe("a policy of Kyverno in its own language refuses", () => {
  const ADDED = "{{ request.object.spec.[initContainers, containers][].securityContext.capabilities.add[] || '' }}";
  const others = { name: "others", configMap: { name: "others", namespace: "guard" } };
  const asking = (rule: object) => ({
    apiVersion: "kyverno.io/v1",
    kind: "ClusterPolicy",
    metadata: { name: "guard" },
    spec: { rules: [{ name: "r", match: { any: [{ resources: { kinds: ["Pod"] } }] }, context: [others], ...rule }] },
  });
  const added = (value: string, context: readonly object[] = [others]) =>
    asking({ context, validate: { failureAction: "Enforce", deny: { conditions: { all: [{ key: ADDED, operator: "AnyNotIn", value }] } } } });
  const outside = asking({
    preconditions: { all: [{ key: "{{ request.namespace }}", operator: "AnyNotIn", value: "{{ others.data.list }}" }] },
    validate: { failureAction: "Enforce", pattern: { spec: { "=(hostNetwork)": false, "=(hostPID)": false, "=(hostIPC)": false } } },
  });
  const listing = (list: string) => [engineWebhook(), configMap({ name: "others", namespace: "guard", data: { list } })];
  const REFUSED = { capabilities_baseline: true };
  const UNTOLD = { hostNamespaces: "conditions, labels, names or people choose what it sees" };

  test.each<[name: string, policy: JsonRecord, expected: Readonly<Record<string, Refusal>>, others: readonly JsonRecord[]]>([
    ["what a ConfigMap does not list", added("{{ others.data.list }}"), REFUSED, listing('["CHOWN", ""]')],
    ["nothing that it lists", added("{{ others.data.list }}"), {}, listing('["SYS_ADMIN", ""]')],
    ["what a constant does not list", added("{{ few }}", [{ name: "few", variable: { value: ["CHOWN", ""] } }]), REFUSED, listing("")],
    [
      "perhaps what a ConfigMap that is not there does not list",
      added("{{ others.data.list }}"),
      { capabilities_baseline: expect.stringContaining(NOT_EVALUATED), capabilities_restricted: expect.stringContaining(NOT_EVALUATED) },
      [engineWebhook()],
    ],
    ["nothing in a namespace that a ConfigMap lists", outside, {}, listing('["shop"]')],
    ["what it asks in a namespace that a ConfigMap does not list", outside, { hostNamespaces: true }, listing('["other"]')],
    ["perhaps in a namespace where the list is not there", outside, UNTOLD, [engineWebhook()]],
  ])("%s", (_, policy, expected, objects) => {
    expect(refusals([policy, ...objects])).toEqual(expected);
  });
});

describe("a policy of Kyverno in CEL refuses", () => {
  const PRIVILEGED = { privileged: true };

  test.each<[name: string, policy: JsonRecord, expected: Readonly<Record<string, Refusal>>, others?: readonly JsonRecord[]]>([
    ["privileged containers", kyvernoPolicy([NO_PRIVILEGED]), PRIVILEGED],
    [
      "them by variables, and under conditions",
      kyvernoPolicy([`variables.all.all(c, !${PLAIN})`], {
        variables: ALL_CONTAINERS,
        matchConditions: [{ name: "a", expression: "request.operation != 'DELETE'" }],
      }),
      PRIVILEGED,
    ],
    ["them for what makes pods too", kyvernoPolicy([NO_PRIVILEGED], { autogen: { podControllers: { controllers: ["deployments"] } } }), PRIVILEGED],
    ["them in its own namespace", kyvernoPolicy([NO_PRIVILEGED], {}, { namespace: "shop" }), PRIVILEGED],
    ["nothing in another namespace than its own", kyvernoPolicy([NO_PRIVILEGED], {}, { namespace: "other" }), {}],
    [
      "nothing in namespaces that it does not select",
      kyvernoPolicy([NO_PRIVILEGED], { matchConstraints: { ...ON_PODS, namespaceSelector: { matchLabels: { env: "test" } } } }),
      {},
    ],
    [
      "nothing of what makes pods alone",
      kyvernoPolicy([NO_PRIVILEGED], {
        matchConstraints: { resourceRules: [{ ...ON_PODS.resourceRules[0], apiGroups: ["apps"], resources: ["deployments"] }] },
      }),
      {},
    ],
    ["nothing while it only audits and warns", kyvernoPolicy([NO_PRIVILEGED], { validationActions: ["Audit", "Warn"] }), {}],
    ["them while it also audits", kyvernoPolicy([NO_PRIVILEGED], { validationActions: ["Audit", "Deny"] }), PRIVILEGED],
    ["nothing where it is not used at admission", kyvernoPolicy([NO_PRIVILEGED], { evaluation: { admission: { enabled: false } } }), {}],
    ["nothing that nobody asks it about", kyvernoPolicy([NO_PRIVILEGED]), {}, [engineWebhook("gatekeeper")]],
    [
      "perhaps what it needs other objects for",
      kyvernoPolicy([`resource.List('v1', 'pods', 'shop').items.size() > 0 || ${NO_PRIVILEGED}`]),
      { privileged: withoutFunction("List") },
    ],
    ...[
      ["http.Get('https://example.com').ok", withoutFunction("Get")],
      ["globalContext.Get('a', 'b') == 1", withoutFunction("Get")],
      ["image('a').registry() == 'b'", withoutFunction("registry")],
      ["parseServiceAccount(request.userInfo.username).Name == 'a'", withoutFunction("parseServiceAccount")],
      ["exceptions.allowedValues.size() > 0", `${NOT_EVALUATED}: there is no variable called exceptions`],
    ].map(([expression = "", doubt = ""]): [string, JsonRecord, Readonly<Record<string, Refusal>>] => [
      `perhaps what hangs on ${expression}`,
      kyvernoPolicy([NO_PRIVILEGED], { matchConditions: [{ name: "a", expression }] }),
      { privileged: doubt },
    ]),
    ["what it fails on", kyvernoPolicy([VOLUMES, NO_PRIVILEGED]), { ...PRIVILEGED, hostPathVolumes: true, restrictedVolumes: true }],
    ["nothing behind what it fails on, where failures are let through", kyvernoPolicy(["object.spec.gone", NO_PRIVILEGED], { failurePolicy: "Ignore" }), {}],
    ["them before that", kyvernoPolicy([NO_PRIVILEGED, "object.spec.gone"], { failurePolicy: "Ignore" }), PRIVILEGED],
    ["nothing that an exception takes out of it", kyvernoPolicy([NO_PRIVILEGED]), {}, [...running("true"), exceptionOf({})]],
    [
      "perhaps what an exception takes out of it that Kyverno may heed",
      kyvernoPolicy([NO_PRIVILEGED]),
      { privileged: "PolicyException shop/legacy takes all of them out of it where Kyverno heeds it, which its flags do not show" },
      [engineWebhook(), exceptionOf({})],
    ],
    [
      "them but what an exception chooses",
      kyvernoPolicy([NO_PRIVILEGED]),
      PRIVILEGED,
      [...running("true"), exceptionOf({ matchConditions: [{ name: "a", expression: "object.a" }] })],
    ],
    [
      "them where an exception is for another policy",
      kyvernoPolicy([NO_PRIVILEGED]),
      PRIVILEGED,
      [...running("true"), exceptionOf({ policyRefs: [{ kind: "ValidatingPolicy", name: "other" }] })],
    ],
  ])("%s", (_, policy, expected, others = [engineWebhook()]) => {
    expect(refusals([policy, ...others], { env: "prod" })).toEqual(expected);
  });
});
