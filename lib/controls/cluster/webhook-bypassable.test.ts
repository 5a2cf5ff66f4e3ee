import { clusterRole, clusterRoleBinding, namespace } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./webhook-bypassable";

const RULES = [{ operations: ["CREATE", "UPDATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods", "pods/ephemeralcontainers"] }];
const AUTOSCALERS = { operations: ["*"], apiGroups: ["autoscaling"], apiVersions: ["v2"], resources: ["*"] };
const guard = (part: object = {}) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: "guard" },
  webhooks: [{ name: "v.example.com", failurePolicy: "Fail", rules: RULES, clientConfig: { url: "https://a" }, ...part }],
});
const without = (key: string) => ({ matchExpressions: [{ key, operator: "NotIn", values: ["true"] }] });
const relabel = { apiGroups: [""], resources: ["namespaces"], verbs: ["patch"] };
const IGNORED = { namespaceSelector: { matchExpressions: [{ key: "admission.gatekeeper.sh/ignore", operator: "DoesNotExist" }] } };
const keeper = (failurePolicy: string) => ({
  ...guard({
    name: "check-ignore-label.gatekeeper.sh",
    failurePolicy,
    rules: [{ operations: ["CREATE", "UPDATE"], apiGroups: [""], apiVersions: ["*"], resources: ["namespaces"], scope: "Cluster" }],
  }),
  metadata: { name: "gatekeeper" },
});
const when = (expression: string) => ({ matchConditions: [{ name: "when", expression }] });
const SHOP = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } };
const CHANGES = { name: "validate.kyverno.svc", rules: [{ ...RULES[0], operations: ["UPDATE"] }] };
const target = { kind: "ValidatingWebhookConfiguration", name: "guard" };

describeControl(control, {
  fails: [
    {
      name: "a label on the object takes it out",
      objects: [guard({ objectSelector: without("skip") })],
      target,
      evidence: [{ path: "webhooks[0].objectSelector" }],
      severity: "medium",
    },
    {
      name: "any value of a label on the object takes it out",
      objects: [guard({ objectSelector: { matchExpressions: [{ key: "skip", operator: "DoesNotExist" }] } })],
      target,
      evidence: [{ path: "webhooks[0].objectSelector", message: "v.example.com: the label skip on an object takes it out, and its author sets it." }],
    },
    {
      name: "a label on the namespace takes it out, and somebody may set it",
      objects: [guard({ namespaceSelector: without("skip") }), clusterRole({ rules: [relabel] }), clusterRoleBinding()],
      target,
      evidence: [{ path: "webhooks[0].namespaceSelector" }],
      severity: "medium",
      remedy: false,
    },
    {
      name: "a label on the namespace that Gatekeeper watches only while it is there",
      objects: [guard(IGNORED), keeper("Ignore"), clusterRole({ rules: [relabel] }), clusterRoleBinding()],
      target,
      evidence: [{ path: "webhooks[0].namespaceSelector" }],
      remedy: false,
    },
    {
      name: "only objects with a label are seen",
      objects: [guard({ objectSelector: { matchLabels: { check: "yes" } } })],
      target,
      evidence: [{ path: "webhooks[0].objectSelector", message: "v.example.com: an object without the label check is not seen, and its author sets it." }],
    },
    {
      name: "only namespaces with a label are seen, and somebody may take it away",
      objects: [guard({ namespaceSelector: { matchLabels: { check: "yes" } } }), clusterRole({ rules: [relabel] }), clusterRoleBinding()],
      target,
      evidence: [{ path: "webhooks[0].namespaceSelector" }],
      remedy: false,
    },
    {
      name: "only one version of the API is seen",
      objects: [guard({ matchPolicy: "Exact", rules: [...RULES, AUTOSCALERS] })],
      target,
    },
    {
      name: "only one version of the API is seen, by the default of the first version of this one",
      objects: [{ ...guard({ rules: [...RULES, AUTOSCALERS] }), apiVersion: "admissionregistration.k8s.io/v1beta1" }],
      target,
      evidence: [{ path: "webhooks[0].matchPolicy", value: null }],
    },
    {
      name: "updates of pods are not seen, though those of other objects are",
      objects: [
        guard({
          rules: [
            { ...RULES[0], operations: ["CREATE"] },
            { ...RULES[0], resources: ["services", "pods/ephemeralcontainers"] },
          ],
        }),
      ],
      target,
      evidence: [{ path: "webhooks[0].rules", message: "v.example.com: updates are not seen." }],
      remedy: false,
    },
    {
      name: "debug containers are looked for as if they were created, which they are not",
      objects: [
        guard({
          rules: [
            { ...RULES[0], resources: ["pods"] },
            { ...RULES[0], operations: ["CREATE"], resources: ["pods/ephemeralcontainers"] },
          ],
        }),
      ],
      target,
      evidence: [{ path: "webhooks[0].rules", message: "v.example.com: containers that are added to a running pod are not seen." }],
      remedy: false,
    },
    {
      name: "K-Rail, which refuses where others change, does not see debug containers",
      objects: [{ ...guard({ name: "k-rail", rules: [{ ...RULES[0], resources: ["pods"] }] }), kind: "MutatingWebhookConfiguration" }],
      target: { ...target, kind: "MutatingWebhookConfiguration" },
      evidence: [{ path: "webhooks[0].rules", message: "k-rail: containers that are added to a running pod are not seen." }],
      remedy: false,
    },
    {
      name: "conditions leave out what is changed, which its rules do not",
      objects: [guard(when("request.operation == 'CREATE'"))],
      target,
      evidence: [
        { path: "webhooks[0].matchConditions", message: "v.example.com: updates are not seen." },
        { path: "webhooks[0].matchConditions", message: "v.example.com: containers that are added to a running pod are not seen." },
      ],
      remedy: false,
    },
    {
      name: "conditions leave out what is changed but for one namespace",
      objects: [namespace(), guard(when("request.operation == 'CREATE' || request.namespace == 'shop'"))],
      target,
      evidence: [
        { path: "webhooks[0].matchConditions", message: "v.example.com: updates are seen in some namespaces alone." },
        { path: "webhooks[0].matchConditions", message: "v.example.com: containers that are added to a running pod are seen in some namespaces alone." },
      ],
      remedy: false,
    },
    {
      name: "conditions leave out what is changed in one namespace",
      objects: [namespace(), guard(when("request.operation == 'CREATE' || request.namespace != 'shop'"))],
      target,
      evidence: [
        { path: "webhooks[0].matchConditions", message: "v.example.com: updates are seen in some namespaces alone, and not in shop." },
        {
          path: "webhooks[0].matchConditions",
          message: "v.example.com: containers that are added to a running pod are seen in some namespaces alone, and not in shop.",
        },
      ],
      remedy: false,
    },
    {
      name: "conditions leave out what is changed in a namespace that may lie elsewhere",
      objects: [guard(when("request.operation == 'CREATE' || request.namespace != 'shop'"))],
      target,
      complete: false,
      remedy: false,
    },
    {
      name: "conditions leave out what is changed in the only namespaces that it is for",
      objects: [namespace(), namespace({ name: "other" }), guard({ ...SHOP, ...when("request.operation == 'CREATE' || request.namespace != 'shop'") })],
      target,
      evidence: [
        { path: "webhooks[0].matchConditions", message: "v.example.com: updates are not seen." },
        { path: "webhooks[0].matchConditions", message: "v.example.com: containers that are added to a running pod are not seen." },
      ],
      remedy: false,
    },
    {
      name: "an engine is asked about pods that are changed alone",
      objects: [guard(CHANGES), { ...guard({ ...CHANGES, rules: RULES }), kind: "MutatingWebhookConfiguration", metadata: { name: "editor" } }],
      target,
      evidence: [{ path: "webhooks[0].rules", message: "validate.kyverno.svc: pods are seen as they are changed, and not as they are made." }],
      remedy: false,
    },
    { name: "updates are not seen", objects: [guard({ rules: [{ ...RULES[0], operations: ["CREATE"] }] })], target, remedy: false },
    { name: "debug containers are not seen", objects: [guard({ rules: [{ ...RULES[0], resources: ["pods"] }] })], target, remedy: false },
    {
      name: "a star means every resource, and no subresource",
      objects: [guard({ rules: [{ operations: ["*"], apiGroups: ["*"], apiVersions: ["*"], resources: ["*"] }] })],
      target,
      evidence: [{ path: "webhooks[0].rules" }],
      remedy: false,
    },
    {
      name: "a second is too long",
      objects: [guard({ failurePolicy: "Ignore", timeoutSeconds: 1 })],
      target,
      evidence: [{ path: "webhooks[0].timeoutSeconds", value: "1" }],
    },
  ],
  passes: [
    {
      name: "conditions leave out leases and what kubelets ask for",
      objects: [
        guard({
          matchConditions: [
            { name: "exclude-leases", expression: "!(request.resource.group == 'coordination.k8s.io' && request.resource.resource == 'leases')" },
            { name: "exclude-kubelet-requests", expression: "!('system:nodes' in request.userInfo.groups)" },
          ],
        }),
      ],
      target,
    },
    {
      name: "conditions leave out changes in namespaces that it is not for",
      objects: [namespace(), namespace({ name: "other" }), guard({ ...SHOP, ...when("request.operation == 'CREATE' || request.namespace == 'shop'") })],
      target,
    },
    { name: "conditions leave out a namespace by its name", objects: [namespace(), guard(when("request.namespace != 'shop'"))], target },
    {
      name: "a label on the namespace that Gatekeeper lets nobody set",
      objects: [guard(IGNORED), keeper("Fail"), clusterRole({ rules: [relabel] }), clusterRoleBinding()],
      target,
    },
    { name: "such a label, in a part of a cluster", objects: [guard(IGNORED), keeper("Fail")], target, complete: false },
    {
      name: "an engine is asked about pods that are made by another webhook",
      objects: [guard(CHANGES), { ...guard({ ...CHANGES, rules: RULES }), metadata: { name: "other" } }],
      target,
    },
    {
      name: "an engine is asked about containers that are added, which no new pod has",
      objects: [guard({ ...CHANGES, rules: [{ ...RULES[0], resources: ["pods/ephemeralcontainers"] }] })],
      target,
    },
    {
      name: "rules for every version see each request as it comes",
      objects: [guard({ matchPolicy: "Exact", rules: [{ ...RULES[0], apiVersions: ["*"] }] })],
      target,
    },
    { name: "a label on the namespace that nobody may set", objects: [guard({ namespaceSelector: without("skip") })], target },
    {
      name: "a label on the namespace that only the administrator of everything may set",
      objects: [
        guard({ namespaceSelector: without("skip") }),
        clusterRoleBinding({ roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" } }),
      ],
      target,
    },
    {
      name: "a mutating webhook of an engine, which sees pods as they are made",
      objects: [
        {
          ...guard({ name: "mutate.kyverno.svc", rules: [{ ...RULES[0], operations: ["CREATE"], resources: ["pods"] }] }),
          kind: "MutatingWebhookConfiguration",
        },
      ],
      target: { ...target, kind: "MutatingWebhookConfiguration" },
    },
    { name: "the core group has one version", objects: [guard({ matchPolicy: "Exact" })], target },
    { name: "subresources of pods alone, which means pods too", objects: [guard({ rules: [{ ...RULES[0], resources: ["pods/*"] }] })], target },
    { name: "every subresource of pods", objects: [guard({ rules: [{ ...RULES[0], resources: ["pods", "pods/*"] }] })], target },
    { name: "a namespace is chosen by name", objects: [guard({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } })], target },
    { name: "namespaces are left out by name", objects: [guard({ namespaceSelector: without("kubernetes.io/metadata.name") })], target },
    {
      name: "it does not look at pods",
      objects: [
        guard({ name: "validate.kyverno.svc", rules: [{ operations: ["CREATE"], apiGroups: ["apps"], apiVersions: ["v1"], resources: ["deployments"] }] }),
      ],
      target,
    },
    { name: "it sees everything", objects: [guard({ rules: [{ operations: ["*"], apiGroups: ["*"], apiVersions: ["*"], resources: ["*/*"] }] })], target },
  ],
  unknown: [
    {
      name: "conditions choose what it sees",
      objects: [guard({ matchConditions: [{ name: "some", expression: "!('skip' in object.metadata.labels)" }] })],
      target,
      reason: "Conditions in CEL choose what it sees, and not all of them can be evaluated.",
    },
    {
      name: "conditions choose which changes it sees",
      objects: [namespace(), guard(when("request.operation == 'CREATE' || object.metadata.name == 'a'"))],
      target,
    },
    { name: "conditions leave out every namespace that is there", objects: [namespace(), guard(when("request.namespace == 'other'"))], target },
    {
      name: "conditions of what does not look at pods",
      objects: [
        guard({
          name: "validate.kyverno.svc",
          rules: [AUTOSCALERS],
          matchConditions: [{ name: "some", expression: "request.resource.group != 'autoscaling'" }],
        }),
      ],
      target,
    },
    {
      name: "a label on the namespace, and who may set it cannot be listed",
      objects: [guard({ namespaceSelector: without("skip") })],
      target,
      missing: ["bindings"],
    },
    {
      name: "a label on the namespace, in manifests that do not show who may set it",
      objects: [guard({ namespaceSelector: without("skip") })],
      target,
      complete: false,
      reason: "It chooses namespaces by a label, and who may change it is not among these manifests.",
    },
  ],
  notApplicable: [
    {
      name: "what Kyverno asks about objects that it is to clean up",
      objects: [
        {
          ...guard({
            name: "kyverno-cleanup-controller.kyverno.svc",
            failurePolicy: "Ignore",
            objectSelector: { matchExpressions: [{ key: "cleanup.kyverno.io/ttl", operator: "Exists" }] },
            rules: [{ operations: ["CREATE", "UPDATE"], apiGroups: ["*"], apiVersions: ["*"], resources: ["*"] }],
          }),
          metadata: { name: "kyverno-ttl-validating-webhook-cfg" },
        },
      ],
      target: { kind: "ValidatingWebhookConfiguration", name: "kyverno-ttl-validating-webhook-cfg" },
    },
    {
      name: "everything of another group",
      objects: [
        guard({ rules: [{ operations: ["*"], apiGroups: ["cert-manager.io"], apiVersions: ["v1"], resources: ["*/*"] }], objectSelector: without("skip") }),
      ],
      target,
    },
    {
      name: "it guards nothing",
      objects: [guard({ rules: [{ operations: ["CREATE"], resources: ["certificates"] }], objectSelector: without("skip") })],
      target,
    },
  ],
});
