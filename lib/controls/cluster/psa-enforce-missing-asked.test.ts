import { engineWebhook } from "../../inventory/testing";
import { describeControl } from "../testing";
import { gatekeeper, gatekeeperTemplates, kyverno, wholeNamespace } from "../testing-pod-security-guards";
import { askedOfKyverno, ENFORCE, EVERYTHING, needsBaseline, open, TARGET } from "../testing-tried-guards";
import control from "./psa-enforce-missing";

const LABEL = `metadata.labels["${ENFORCE}"]`;
const UNENFORCED = "No level is enforced; the built-in default is privileged.";
const BY_NAME = { key: "kubernetes.io/metadata.name", values: ["shop"] };

/** A webhook of an engine that the API server asks about the pods that `more` chooses. */
const asking = (engine: string, more: object) => ({
  ...engineWebhook(engine),
  webhooks: [{ name: `validate.${engine}.svc`, failurePolicy: "Fail", rules: EVERYTHING, ...more }],
});
const UNLABELLED = { objectSelector: { matchExpressions: [{ key: "ignored", operator: "DoesNotExist" }] } };
const condition = (expression: string) => ({ matchConditions: [{ name: "some", expression }] });

/** Kyverno, asked under a condition. */
const under = (expression: string) => [open, needsBaseline, asking("kyverno", condition(expression)), kyverno({})];

/** Whether the API server asks an engine about every pod of a namespace. */
describeControl(control, {
  fails: [
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
    {
      name: "a policy that no webhook asks, where every webhook was read",
      objects: [open, needsBaseline, kyverno({})],
      evidence: [{ path: LABEL, message: `${UNENFORCED} ClusterPolicy pod-security does nothing here: no webhook of Kyverno asks it.` }],
    },
    ...[kyverno({ validationFailureAction: "Audit" }), kyverno({}, { exclude: { any: [{ resources: { namespaces: ["shop"] } }] } })].map((policy, index) => ({
      name: `a policy that would do nothing here either, if a webhook asked it: ${index}`,
      objects: [open, needsBaseline, policy],
      evidence: [{ path: LABEL, message: UNENFORCED }],
    })),
  ],
  passes: [
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
    {
      name: "Kyverno, asked about labelled pods by one webhook and about all by another",
      objects: [open, needsBaseline, asking("kyverno", UNLABELLED), { ...engineWebhook("kyverno"), metadata: { name: "kyverno-all" } }, kyverno({})],
    },
    ...[
      { webhookConfiguration: condition("!('system:nodes' in request.userInfo.groups)") },
      { webhookConfiguration: condition("request.kind.kind == 'Pod'") },
    ].map((spec) => ({ name: `a policy with ${JSON.stringify(spec)}`, objects: [...askedOfKyverno, kyverno(spec)] })),
  ],
  unknown: [
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
  ],
});
