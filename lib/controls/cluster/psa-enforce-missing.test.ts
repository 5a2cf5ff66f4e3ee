import { deployment, engineWebhook, namespace, node } from "../../inventory/testing";
import { podOf } from "../../inventory/workloads/testing-live-pod";
import { componentPod, controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { describeControl } from "../testing";
import {
  controller,
  exception,
  gatekeeper,
  gatekeeperRuns,
  gatekeeperTemplates,
  kyverno,
  ofNamespace,
  policyOf,
  running,
  scoped,
  securityContextConstraints,
  server,
  stateful,
  wholeNamespace,
} from "../testing-pod-security-guards";
import { bundle, RULES_ON_TAKEOVERS } from "../testing-kyverno-rules";
import { askedOfGatekeeper, askedOfKyverno, ENFORCE, EVERYTHING, needsBaseline, open, TARGET, TRIED } from "../testing-tried-guards";
import control from "./psa-enforce-missing";

const BY_NAME = { key: "kubernetes.io/metadata.name", values: ["shop"] };
const SHOP = { matchLabels: { "kubernetes.io/metadata.name": "shop" } };

/** A webhook of an engine that the API server asks about the pods that `more` chooses. */
const asking = (engine: string, more: object) => ({
  ...engineWebhook(engine),
  webhooks: [{ name: `validate.${engine}.svc`, failurePolicy: "Fail", rules: EVERYTHING, ...more }],
});
const UNLABELLED = { objectSelector: { matchExpressions: [{ key: "ignored", operator: "DoesNotExist" }] } };
const condition = (expression: string) => ({ matchConditions: [{ name: "some", expression }] });

/** Kyverno, asked under a condition. */
const under = (expression: string) => [open, needsBaseline, asking("kyverno", condition(expression)), kyverno({})];

describeControl(control, {
  fails: [
    ...TRIED.fails,
    ...RULES_ON_TAKEOVERS.fails,
    ...[UNLABELLED, { namespaceSelector: { matchExpressions: [{ ...BY_NAME, operator: "NotIn" }] } }].map((more) => ({
      name: `an engine whose policies are not shown, which lets pods past: ${JSON.stringify(more)}`,
      objects: [open, needsBaseline, asking("kubewarden", more)],
    })),
    { name: "conditions keep the engine from all pods", objects: under("request.resource.resource == 'leases'") },
    { name: "conditions keep the engine from the namespace", objects: under("!(request.namespace in ['shop', 'kube-system'])") },
    {
      name: "one of two conditions keeps the engine from all pods",
      objects: [
        open,
        needsBaseline,
        asking("kyverno", {
          matchConditions: [
            { name: "a", expression: "has(object.a)" },
            { name: "b", expression: "false" },
          ],
        }),
        kyverno({}),
      ],
    },
    {
      name: "a policy that leaves out whoever has signed in",
      objects: [...askedOfKyverno, kyverno({}, { exclude: { any: [{ subjects: [{ kind: "User", name: "*" }] }] } })],
    },
    { name: "a policy that is not ready", objects: [...askedOfKyverno, { ...kyverno({}), status: { ready: false } }] },
    {
      name: "an engine whose webhook leaves the namespace out",
      objects: [
        open,
        needsBaseline,
        ...gatekeeper(wholeNamespace),
        {
          ...engineWebhook("gatekeeper"),
          webhooks: [{ name: "validation.gatekeeper.sh", rules: EVERYTHING, namespaceSelector: { matchExpressions: [{ ...BY_NAME, operator: "NotIn" }] } }],
        },
      ],
    },
    { name: "a policy that no webhook asks, where every webhook was read", objects: [open, needsBaseline, kyverno({})] },
    {
      name: "a policy that an exception takes the namespace out of",
      objects: [open, needsBaseline, kyverno({}), ...running("true"), exception()],
      evidence: [
        {
          path: `metadata.labels["${ENFORCE}"]`,
          message:
            "No level is enforced; the built-in default is privileged. ClusterPolicy pod-security does nothing here: PolicyException shop/legacy takes all of them out of it.",
        },
      ],
    },
    {
      name: "an exception that selects the namespace by label",
      objects: [
        open,
        needsBaseline,
        kyverno({}),
        ...running("true"),
        exception({ namespaces: undefined, namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } }),
      ],
    },
    {
      name: "an exception from every rule, of a namespace that Kyverno takes them from",
      objects: [
        open,
        needsBaseline,
        kyverno({}),
        ...running("true", "a", ["--exceptionNamespace=shop"]),
        exception({ kinds: ["*"], namespaces: ["*"] }, { exceptions: [{ policyName: "*", ruleNames: ["*"] }] }),
      ],
    },
    {
      name: "a policy about what is deleted",
      objects: [...askedOfKyverno, kyverno({}, { match: { any: [{ resources: { kinds: ["Pod"], operations: ["DELETE"] } }] } })],
    },
    {
      name: "a policy that only audits where a namespace has these labels",
      objects: [
        ...askedOfKyverno,
        kyverno({
          validationFailureActionOverrides: [{ action: "Audit", namespaceSelector: { matchExpressions: [{ key: "strict", operator: "DoesNotExist" }] } }],
        }),
      ],
    },
    {
      name: "privileged by its own label, whatever the API server's default is",
      objects: [namespace({ labels: { [ENFORCE]: "privileged" } }), needsBaseline, controlPlaneNode(), server],
    },
    { name: "a policy of another namespace", objects: [...askedOfKyverno, policyOf("other")] },
    { name: "a policy in CEL of another namespace", objects: [...askedOfKyverno, ofNamespace("other")] },
    {
      name: "a Kyverno that is scaled to zero",
      objects: [open, needsBaseline, kyverno({}), { ...running("true")[0], spec: { ...Object(running("true")[0]).spec, replicas: 0 } }],
    },
    {
      name: "another program of Kyverno alone",
      objects: [
        open,
        needsBaseline,
        kyverno({}),
        deployment({ name: "reports", namespace: "guard", container: { image: "ghcr.io/kyverno/reports-controller:v1.17.1" } }),
      ],
    },
    { name: "no label", objects: [open, needsBaseline], severity: "high", evidence: [{ path: `metadata.labels["${ENFORCE}"]`, value: null }] },
    {
      name: "the label says privileged",
      objects: [namespace({ labels: { [ENFORCE]: "privileged" } }), needsBaseline],
      evidence: [{ path: `metadata.labels["${ENFORCE}"]`, value: "privileged" }],
    },
    { name: "a Kyverno policy that only audits", objects: [...askedOfKyverno, kyverno({ validationFailureAction: "Audit" })] },
    {
      name: "a Kyverno policy of which all parts must match",
      objects: [...askedOfKyverno, kyverno({}, { match: { all: [{ resources: { kinds: ["Pod"] } }, { resources: { namespaces: ["other"] } }] } })],
    },
    {
      name: "a Kyverno policy that leaves the namespace out",
      objects: [...askedOfKyverno, kyverno({}, { exclude: { any: [{ resources: { namespaces: ["shop"] } }] } })],
    },
    {
      name: "a label, and the plugin behind it switched off",
      objects: [namespace(), needsBaseline, controlPlaneNode(), componentPod("kube-apiserver", ["--disable-admission-plugins=PodSecurity"])],
      target: TARGET,
      remedy: false,
    },
    {
      name: "a Kyverno policy that only audits here",
      objects: [...askedOfKyverno, kyverno({ validationFailureActionOverrides: [{ action: "Audit", namespaces: ["shop"] }] })],
    },
    { name: "a Gatekeeper constraint that only warns", objects: [...askedOfGatekeeper, ...gatekeeper({ enforcementAction: "warn" })] },
    {
      name: "a Gatekeeper constraint that denies in audits only",
      objects: [...askedOfGatekeeper, ...gatekeeper({ ...wholeNamespace, ...scoped("deny", "audit.gatekeeper.sh") })],
    },
    {
      name: "a Gatekeeper constraint that only warns at its webhook",
      objects: [...askedOfGatekeeper, ...gatekeeper({ ...wholeNamespace, ...scoped("warn", "validation.gatekeeper.sh") })],
    },
    ...[
      { match: { kinds: [{ apiGroups: ["apps"], kinds: ["*"] }] } },
      { match: { kinds: [{ apiGroups: [""], kinds: ["Service"] }] } },
      { match: { labelSelector: { matchLabels: { tier: "front" } } } },
      { match: { name: "web-*" } },
      { match: { source: "Generated" } },
      { parameters: { exemptImages: ["registry.example.com/*", "*"] } },
    ].map((spec) => ({
      name: `a Gatekeeper constraint that is not for every pod: ${JSON.stringify(spec)}`,
      objects: [...askedOfGatekeeper, ...gatekeeper(spec)],
    })),
    {
      name: "Kyverno that asks for no webhook, since no pod of it is ready",
      objects: [open, needsBaseline, stateful, podOf(stateful, "a", "False"), kyverno({})],
      target: TARGET,
    },
    { name: "what is left of a Kyverno that was removed", objects: [...askedOfGatekeeper, kyverno({})] },
    { name: "a Kyverno policy that is not used at admission", objects: [...askedOfKyverno, kyverno({ admission: false })] },
  ],
  passes: [
    ...TRIED.passes,
    ...RULES_ON_TAKEOVERS.passes,
    {
      name: "Kyverno, asked about whatever is made",
      objects: under("request.operation != 'DELETE'"),
    },
    ...[
      "!(request.resource.group == 'coordination.k8s.io' && request.resource.resource == 'leases')",
      "request.resource.group != 'rbac.authorization.k8s.io' || object.metadata.name != 'a'",
      "!('system:nodes' in request.userInfo.groups)",
      "!request.userInfo.groups.exists(group, group == 'system:masters')",
      "!request.userInfo.username.startsWith('system:node:')",
      "request.userInfo.username != 'system:serviceaccount:guard:default'",
      "!(request.namespace in ['kube-system', 'guard'])",
    ].flatMap((expression) => [
      { name: `Kyverno, asked where ${expression}`, objects: under(expression) },
      {
        name: `Gatekeeper, asked where ${expression}`,
        objects: [open, needsBaseline, asking("gatekeeper", condition(expression)), ...gatekeeperTemplates, ...gatekeeper(wholeNamespace)],
      },
    ]),
    ...[
      { webhookConfiguration: condition("!('system:nodes' in request.userInfo.groups)") },
      { webhookConfiguration: condition("request.kind.kind == 'Pod'") },
    ].map((spec) => ({ name: `a policy with ${JSON.stringify(spec)}`, objects: [...askedOfKyverno, kyverno(spec)] })),
    {
      name: "Kyverno, asked about labelled pods by one webhook and about all by another",
      objects: [open, needsBaseline, asking("kyverno", UNLABELLED), { ...engineWebhook("kyverno"), metadata: { name: "kyverno-all" } }, kyverno({})],
    },
    { name: "GKE Autopilot, which refuses privileged pods itself", objects: [open, node({ name: "gk3-shop-1" })] },
    {
      name: "a policy for namespaces with a label that it has",
      objects: [open, engineWebhook("kyverno"), kyverno({}, { match: { any: [{ resources: { kinds: ["Pod"], namespaceSelector: SHOP } }] } })],
    },
    {
      name: "a constraint for namespaces with a label that it has",
      objects: [open, ...gatekeeperRuns, ...gatekeeper({ match: { namespaceSelector: SHOP } })],
    },
    {
      name: "a policy that only audits elsewhere, and lets out what is deleted",
      objects: [
        ...askedOfKyverno,
        kyverno(
          { validationFailureActionOverrides: [{ action: "Audit", namespaceSelector: { matchLabels: { lax: "yes" } } }] },
          { exclude: { any: [{ resources: { kinds: ["Pod"], operations: ["DELETE"] } }] } },
        ),
      ],
    },
    { name: "a policy of the namespace itself", objects: [open, engineWebhook("kyverno"), policyOf("shop")], target: TARGET },
    { name: "Kyverno that has yet to write its webhooks, by its image", objects: [open, kyverno({}), ...running("false")], target: TARGET },
    { name: "an exception that Kyverno does not heed", objects: [open, kyverno({}), ...running("false"), exception()], target: TARGET },
    {
      name: "an exception outside of the namespace that Kyverno takes them from",
      objects: [open, kyverno({}), ...running("true", "a", ["--exceptionNamespace=guard"]), exception()],
      target: TARGET,
    },
    ...Object.entries({
      "for another namespace": exception({ namespaces: ["other"] }),
      "from another policy": exception({}, { exceptions: [{ policyName: "other", ruleNames: ["*"] }] }),
      "for controllers of pods, whose pods are judged all the same": exception({ kinds: ["Deployment"] }),
      "for what runs in pods": exception({ kinds: ["Pod/exec"] }),
      "from the rule for controllers": exception({}, { exceptions: [{ policyName: "pod-security", ruleNames: ["autogen-*"] }] }),
      "that matches nothing": exception({}, { match: { any: [{}] } }),
    }).map(([which, given]) => ({ name: `an exception ${which}`, objects: [open, kyverno({}), ...running("true"), given], target: TARGET })),
    {
      name: "one policy with an exception, and one without",
      objects: [open, kyverno({}), ...bundle(), ...running("true"), exception()],
      target: TARGET,
    },
    { name: "a policy in CEL of the namespace itself", objects: [open, engineWebhook("kyverno"), ofNamespace("shop")] },
    { name: "Kyverno that has yet to write its webhooks", objects: [open, controller, kyverno({})], target: TARGET },
    {
      name: "a Kyverno policy that leaves administrators out",
      objects: [open, engineWebhook("kyverno"), kyverno({}, { exclude: { any: [{ clusterRoles: ["cluster-admin"] }] } })],
    },
    {
      name: "a Kyverno policy that enforces here",
      objects: [
        open,
        engineWebhook("kyverno"),
        kyverno({ validationFailureAction: "Audit", validationFailureActionOverrides: [{ action: "Enforce", namespaces: ["sh*"] }] }),
      ],
    },
    { name: "baseline", objects: [namespace({ labels: { [ENFORCE]: "baseline" } })] },
    { name: "a level that is none acts as restricted", objects: [namespace({ labels: { [ENFORCE]: "strict" } })] },
    { name: "a Kyverno policy enforces the same", objects: [open, engineWebhook("kyverno"), kyverno({})] },
    { name: "a Gatekeeper constraint denies privileged pods", objects: [open, ...gatekeeperRuns, ...gatekeeper(wholeNamespace)] },
    ...["*", "validation.gatekeeper.sh"].map((point) => ({
      name: `a Gatekeeper constraint denies at ${point}`,
      objects: [open, ...gatekeeperRuns, ...gatekeeper({ ...wholeNamespace, ...scoped("deny", point) })],
    })),
    {
      name: "a Gatekeeper constraint for pods by their kind, with selectors that choose everything",
      objects: [open, ...gatekeeperRuns, ...gatekeeper({ match: { kinds: [{ apiGroups: [""], kinds: ["Pod"] }], labelSelector: {}, source: "Original" } })],
    },
  ],
  notApplicable: [{ name: "a namespace of the platform", objects: [namespace({ name: "kube-system", labels: { [ENFORCE]: undefined } })] }],
  unknown: [
    ...TRIED.unknown,
    ...RULES_ON_TAKEOVERS.unknown,
    ...[{}, { failurePolicy: "Ignore" }].map((more) => ({
      name: `an engine whose policies are not shown: ${JSON.stringify(more)}`,
      objects: [open, needsBaseline, asking("kubewarden", more)],
      target: TARGET,
      reason: "Kubewarden is asked about new pods here; what it refuses is not read.",
    })),
    {
      name: "K-Rail, which refuses where others change",
      objects: [open, needsBaseline, { ...asking("k-rail", {}), kind: "MutatingWebhookConfiguration" }],
      target: TARGET,
      reason: "K-Rail is asked about new pods here; what it refuses is not read.",
    },
    ...[
      kyverno({}, { preconditions: { all: [{ key: "a", operator: "Equals", value: "b" }] } }),
      kyverno({ webhookConfiguration: { matchConditions: [{ name: "a", expression: "has(object.a)" }] } }),
    ].map((policy, index) => ({
      name: `a policy whose ${index === 0 ? "conditions choose" : "webhook chooses"} what it looks at`,
      objects: [...askedOfKyverno, policy],
      target: TARGET,
      reason: "ClusterPolicy pod-security may refuse pods here that take over a node, but conditions, labels, names or people choose what it sees.",
    })),
    {
      name: "Kyverno, which a label on a pod keeps from being asked",
      objects: [open, needsBaseline, asking("kyverno", UNLABELLED), kyverno({})],
      reason: "ClusterPolicy pod-security may refuse pods here that take over a node, but Kyverno is asked about chosen objects only.",
    },
    ...[
      "!has(object.metadata.annotations)",
      "!('skip' in object.metadata.labels)",
      "object.metadata.name != 'a'",
      "request.name != 'a'",
      "!has(request.options)",
      "request.subResource == ''",
      "'developers' in request.userInfo.groups",
      "!('developers' in request.userInfo.groups)",
      "request.userInfo.username != 'alice@example.com'",
      "!request.userInfo.username.matches('^.*@corp[.]example[.]org$')",
      "!request.userInfo.groups.exists(group, group.startsWith('oidc:') && group.endsWith('-admins'))",
      "!request.userInfo.username.startsWith('system:serviceaccount:kube-system:')",
      "request.userInfo.username != 'system:serviceaccount:shop:deployer'",
      "!authorizer.group('').resource('pods').check('skip').allowed()",
      "request.nothing == 'a'",
    ].map((expression) => ({
      name: `Kyverno, asked where ${expression}`,
      objects: under(expression),
      reason: "ClusterPolicy pod-security may refuse pods here that take over a node, but Kyverno is asked about chosen objects only.",
    })),
    {
      name: "Gatekeeper, asked under a condition",
      objects: [open, needsBaseline, asking("gatekeeper", condition("has(object.a)")), ...gatekeeperTemplates, ...gatekeeper(wholeNamespace)],
      reason: "K8sPSPPrivilegedContainer no-privileged may refuse pods here that take over a node, but Gatekeeper is asked about chosen objects only.",
    },
    {
      name: "a release that does not act on labels by itself",
      objects: [namespace({ name: "a", labels: { "pod-security.kubernetes.io/enforce": "baseline" } })],
      kubeVersion: "1.22",
    },
    { name: "policies of the API server cannot be listed", objects: [open, needsBaseline], missing: ["admissionPolicies"] },
    { name: "OpenShift, where constraints decide that are not read", objects: [open, securityContextConstraints] },
    { name: "the API server has defaults of its own", objects: [open, server], target: TARGET },
    {
      name: "a policy of an engine whose settings were not read",
      objects: [
        open,
        kyverno({}),
        { ...engineWebhook(), webhooks: [{ name: "validate.kyverno.svc", clientConfig: { service: { namespace: "guard" } }, rules: [{}] }] },
      ],
      missing: ["configMaps"],
    },
    { name: "a policy whose engine cannot be looked for", objects: [open, kyverno({})], missing: ["webhooks"] },
    { name: "a policy among manifests, which need not show its engine", objects: [open, kyverno({})], complete: false },
    { name: "a policy whose exceptions Kyverno may heed", objects: [open, engineWebhook("kyverno"), kyverno({}), exception()], target: TARGET },
    { name: "exceptions that only one of two Kyvernos heeds", objects: [open, kyverno({}), ...running("true"), running("false", "b")[0] ?? {}, exception()] },
    { name: "an exception for some pods of the namespace", objects: [open, kyverno({}), ...running("true"), exception({ names: ["legacy-*"] })] },
    { name: "an exception for one person", objects: [open, kyverno({}), ...running("true"), exception({}, { match: { any: [{ clusterRoles: ["dev"] }] } })] },
    {
      name: "an exception from one control of the level",
      objects: [open, kyverno({}), ...running("true"), exception({}, { podSecurity: [{ controlName: "Capabilities", images: ["*"] }] })],
    },
    {
      name: "an exception under conditions",
      objects: [open, kyverno({}), ...running("true"), exception({}, { conditions: { any: [{ key: "a", operator: "Equals", value: "b" }] } })],
    },
    { name: "a part of a cluster", objects: [open], complete: false },
  ],
});
