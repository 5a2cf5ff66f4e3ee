import { componentPod, controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { configMap, deployment, engineWebhook, namespace } from "../../inventory/testing";
import { describeControl } from "../testing";
import { gatekeeper, rules } from "../testing-admission-policies";
import control from "./admission-policy-audit-only";

const GROUP = "admissionregistration.k8s.io/v1";
const policy = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: GROUP,
  kind: "ValidatingAdmissionPolicy",
  metadata: { name: "no-root", ...metadata },
  spec: { matchConstraints: { resourceRules: [{ resources: ["pods"] }] }, validations: [{ expression: "object.metadata.name != 'root'" }], ...spec },
});
const binding = (validationActions: readonly string[], policyName = "no-root") => ({
  apiVersion: GROUP,
  kind: "ValidatingAdmissionPolicyBinding",
  metadata: { name: "no-root" },
  spec: { policyName, validationActions },
});
const OF_PODS = { resourceRules: [{ resources: ["pods", "pods/ephemeralcontainers"] }] };
/** A policy whose binding is for namespaces with some labels. */
const choosing = (matchLabels: object, resources: readonly string[] = ["pods"]) => [
  policy({ matchConstraints: { resourceRules: [{ resources }] } }),
  { ...binding(["Deny"]), spec: { ...binding(["Deny"]).spec, matchResources: { namespaceSelector: { matchLabels } } } },
];
/** A policy that lets everything through without its parameters. */
const withParameters = (spec: object, metadata: object = {}) => [
  policy({ paramKind: { apiVersion: "v1", kind: "ConfigMap" }, ...spec }, metadata),
  {
    ...binding(["Deny"]),
    spec: { ...binding(["Deny"]).spec, paramRef: { name: "limits", namespace: "guard", parameterNotFoundAction: "Allow" } },
  },
];
const kyverno = (action: string, rule?: string) => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name: "labels" },
  spec: {
    validationFailureAction: action,
    rules: [{ match: { any: [{ resources: { kinds: ["Pod"] } }] }, validate: { ...(rule && { failureAction: rule }) } }],
  },
});
/** A rule of Kyverno for namespaces of a team. */
const matching = (kinds: readonly string[]) => ({
  ...kyverno("Enforce"),
  spec: {
    validationFailureAction: "Enforce",
    rules: [{ match: { any: [{ resources: { kinds, namespaceSelector: { matchLabels: { team: "a" } } } }] }, validate: {} }],
  },
});

const inCel = (kind: string, spec: object = {}) => ({
  apiVersion: "policies.kyverno.io/v1",
  kind,
  metadata: { name: "labels", namespace: kind.startsWith("Namespaced") ? "shop" : undefined },
  spec: { matchConstraints: { resourceRules: [{ resources: ["pods"] }] }, ...spec },
});
const exception = (spec: object = {}) => ({
  apiVersion: "policies.kyverno.io/v1",
  kind: "PolicyException",
  metadata: { name: "legacy", namespace: "shop" },
  spec: { policyRefs: [{ kind: "ValidatingPolicy", name: "labels" }], ...spec },
});
const running = deployment({ namespace: "guard", container: { image: "ghcr.io/kyverno/kyverno:v1.17.1", args: ["--enablePolicyException"] } });

/** Gatekeeper, which the API server asks about some kind of object. */
const asked = (group: string, resource: string) => ({
  ...engineWebhook("gatekeeper"),
  webhooks: [{ name: "validation.gatekeeper.sh", rules: [{ operations: ["*"], apiGroups: [group], apiVersions: ["*"], resources: [resource] }] }],
});

/** Gatekeeper as it is installed, which is away. */
const guardedLabel = (failurePolicy: string) => {
  const clientConfig = { service: { namespace: "gatekeeper-system", name: "gatekeeper-webhook-service" } };
  const [own] = asked("*", "*").webhooks;
  const label = { ...asked("", "namespaces").webhooks[0], name: "check-ignore-label.gatekeeper.sh", failurePolicy: "Fail", clientConfig };
  return { ...asked("*", "*"), webhooks: [{ ...own, failurePolicy, clientConfig }, label] };
};

const IMAGE_POLICY = {
  apiVersion: "policy.sigstore.dev/v1beta1",
  kind: "ClusterImagePolicy",
  metadata: { name: "signed" },
  spec: { images: [{ glob: "**" }] },
};
const ofSigstore = (group: string, resource: string) => ({
  ...engineWebhook("policy.sigstore.dev"),
  webhooks: [{ name: "policy.sigstore.dev", failurePolicy: "Fail", rules: asked(group, resource).webhooks[0]?.rules }],
});

/** An API server that has a plugin switched off. */
const without = (plugin: string) => [controlPlaneNode(), componentPod("kube-apiserver", [`--disable-admission-plugins=${plugin}`])];
const unanswered = {
  ...engineWebhook("kyverno"),
  webhooks: [{ name: "validate.kyverno.svc", failurePolicy: "Ignore", rules: [{}], clientConfig: { service: { namespace: "kyverno", name: "kyverno-svc" } } }],
};

describeControl(control, {
  fails: [
    {
      name: "a policy of an API server that judges by none",
      objects: [policy(), binding(["Deny"]), ...without("ValidatingAdmissionPolicy")],
      evidence: [
        {
          path: "spec",
          message: "ValidatingAdmissionPolicy no-root refuses nothing: the API server has the plugin ValidatingAdmissionPolicy switched off.",
        },
      ],
    },
    {
      name: "a policy of an engine that the API server does not ask",
      objects: [kyverno("Enforce"), engineWebhook("kyverno"), ...without("ValidatingAdmissionWebhook")],
      evidence: [
        {
          path: "spec.validationFailureAction",
          message: "Kyverno policy labels refuses nothing: the API server has the plugin ValidatingAdmissionWebhook switched off.",
        },
      ],
    },
    {
      name: "a policy of an engine that is gone, and whose webhook fails open",
      objects: [kyverno("Enforce"), unanswered],
      evidence: [
        {
          path: "spec.validationFailureAction",
          message: "Kyverno policy labels refuses nothing: nothing that runs answers its webhook, which lets everything through then.",
        },
      ],
    },
    {
      name: "a constraint of Gatekeeper, of whose webhooks only the one that keeps its label refuses anything while nothing runs that answers",
      objects: [gatekeeper(), guardedLabel("Ignore")],
      evidence: [
        {
          path: "spec.enforcementAction",
          message: "Gatekeeper policy no-root refuses nothing: nothing that runs answers its webhook, which lets everything through then.",
        },
      ],
    },
    {
      name: "a policy of policy-controller, which is asked about nothing but its own policies",
      objects: [IMAGE_POLICY, ofSigstore("policy.sigstore.dev", "clusterimagepolicies")],
      evidence: [{ path: "spec.mode", message: "Sigstore policy-controller policy signed refuses nothing: no webhook of Sigstore policy-controller asks it." }],
    },
    { name: "a policy in CEL of one namespace that only warns", objects: [inCel("NamespacedValidatingPolicy", { validationActions: ["Warn", "Audit"] })] },
    { name: "a policy for images of one namespace that only audits", objects: [inCel("NamespacedImageValidatingPolicy", { validationActions: ["Audit"] })] },
    { name: "a policy in CEL that is not used at admission", objects: [inCel("ValidatingPolicy", { evaluation: { admission: { enabled: false } } })] },
    {
      name: "a policy with an exception from all of it",
      objects: [inCel("ValidatingPolicy"), exception(), running],
      evidence: [
        {
          path: "spec.validationActions",
          message: "Kyverno policy labels refuses nothing: PolicyException shop/legacy takes all of them out of it.",
        },
      ],
    },
    {
      name: "overrides of a policy, where its only rule says what it does",
      objects: [
        {
          ...kyverno("Audit", "Audit"),
          spec: { ...kyverno("Audit", "Audit").spec, validationFailureActionOverrides: [{ action: "Enforce", namespaces: ["*"] }] },
        },
      ],
    },
    { name: "a policy without a binding", objects: [policy()] },
    ...[choosing({ team: "a" }), [policy({ matchConstraints: { ...OF_PODS, namespaceSelector: { matchLabels: { team: "a" } } } }), binding(["Deny"])]].map(
      (objects, index) => ({
        name: `a policy for namespaces that are not there, by its binding or itself: ${index}`,
        objects: [...objects, namespace()],
        evidence: [{ path: "spec", message: "ValidatingAdmissionPolicy no-root refuses nothing: it is for none of the namespaces that are there." }],
      }),
    ),
    {
      name: "a rule of Kyverno for namespaces that are not there",
      objects: [matching(["Pod"]), engineWebhook(), namespace()],
      evidence: [{ path: "spec", message: "Kyverno policy labels refuses nothing: it is for none of the namespaces that are there, or not asked about them." }],
    },
    {
      name: "a constraint for a namespace that is not there",
      objects: [gatekeeper({ match: { kinds: [{ apiGroups: [""], kinds: ["Pod"] }], namespaces: ["gone"] } }), asked("*", "*"), namespace()],
      evidence: [
        { path: "spec", message: "Gatekeeper policy no-root refuses nothing: it is for none of the namespaces that are there, or not asked about them." },
      ],
    },
    {
      name: "a policy in CEL for namespaces that are not there",
      objects: [
        inCel("ValidatingPolicy", { matchConstraints: { resourceRules: [{ resources: ["pods"] }], namespaceSelector: { matchLabels: { team: "a" } } } }),
        engineWebhook(),
        namespace(),
      ],
    },
    {
      name: "a binding that only audits",
      objects: [policy(), binding(["Audit"])],
      evidence: [
        { path: "spec.validationActions", value: '["Audit"]', message: "ValidatingAdmissionPolicy no-root refuses nothing: its bindings only warn or audit." },
      ],
    },
    {
      name: "a policy that fails open",
      objects: [policy({ failurePolicy: "Ignore" }), binding(["Deny"])],
      evidence: [{ path: "spec.failurePolicy", value: "Ignore" }],
    },
    {
      name: "a policy without its parameters",
      objects: withParameters({}),
      evidence: [{ path: "spec.paramRef" }],
    },
    { name: "a binding to nothing", objects: [binding(["Deny"], "gone")], evidence: [{ path: "spec.policyName", value: "gone" }] },
    {
      name: "a policy that is left of an engine that was removed",
      objects: [kyverno("Enforce")],
      evidence: [{ path: "spec.validationFailureAction", message: "Kyverno policy labels refuses nothing: no webhook of Kyverno asks it." }],
    },
    {
      name: "one rule of Kyverno that audits beside one that enforces",
      objects: [rules("Enforce", "Audit"), engineWebhook()],
      evidence: [
        { path: "spec.rules[1].validate.failureAction", value: "Audit", message: "Kyverno policy no-root refuses nothing by its rule rule-1: it only audits." },
      ],
    },
    {
      name: "a rule of Kyverno that overrides its policy, and audits",
      objects: [kyverno("Enforce", "Audit"), engineWebhook()],
      evidence: [{ path: "spec.rules[0].validate.failureAction", value: "Audit", message: "Kyverno policy labels refuses nothing: it only audits." }],
    },
    {
      name: "a constraint on pods of a Gatekeeper that is not asked about them",
      objects: [gatekeeper(), asked("networking.k8s.io", "ingresses")],
      evidence: [{ path: "spec.enforcementAction", message: "Gatekeeper policy no-root refuses nothing: no webhook of Gatekeeper asks it about pods." }],
    },
    { name: "Kyverno in audit mode", objects: [kyverno("Audit")], evidence: [{ path: "spec.validationFailureAction", value: "Audit" }] },
    {
      name: "Gatekeeper that warns",
      objects: [
        { apiVersion: "constraints.gatekeeper.sh/v1beta1", kind: "K8sRequiredLabels", metadata: { name: "owner" }, spec: { enforcementAction: "warn" } },
      ],
      evidence: [{ path: "spec.enforcementAction", value: "warn" }],
    },
  ],
  passes: [
    { name: "a constraint on pods of a Gatekeeper that is asked about everything", objects: [gatekeeper(), asked("*", "*")] },
    {
      name: "a constraint on more than pods of a Gatekeeper that is not asked about them",
      objects: [gatekeeper({ match: { kinds: [{ apiGroups: ["*"], kinds: ["Pod", "Ingress"] }] } }), asked("networking.k8s.io", "ingresses")],
    },
    { name: "a policy of policy-controller, which is asked about pods", objects: [IMAGE_POLICY, ofSigstore("", "pods")] },
    { name: "the same of webhooks that refuse everything then", objects: [gatekeeper(), guardedLabel("Fail")] },
    { name: "a policy in CEL that leaves its action to the default", objects: [inCel("ValidatingPolicy"), engineWebhook()] },
    {
      name: "a policy with an exception for chosen objects",
      objects: [inCel("ValidatingPolicy"), exception({ matchConditions: [{ name: "a", expression: "object.x" }] }), running],
    },
    { name: "a policy with an exception from another of its name", objects: [inCel("NamespacedValidatingPolicy"), exception(), running] },
    { name: "a binding that chooses a namespace that is there", objects: [...choosing({ team: "a" }), namespace({ labels: { team: "a" } })] },
    { name: "one that chooses none, of a policy that is also for what is in none", objects: [...choosing({ team: "a" }, ["pods", "namespaces"]), namespace()] },
    { name: "one where the namespaces were not read", objects: [...choosing({ team: "a" }), namespace()], missing: ["namespaces"] },
    { name: "a rule of Kyverno for one that is there", objects: [matching(["Pod"]), engineWebhook(), namespace({ labels: { team: "a" } })] },
    { name: "one for none, which is also for what is in none", objects: [matching(["Pod", "Namespace"]), engineWebhook(), namespace()] },
    { name: "a binding that denies", objects: [policy(), binding(["Deny"])] },
    { name: "rules of Kyverno that all enforce", objects: [rules("Enforce", "enforce"), engineWebhook()] },
    { name: "a rule of Kyverno that enforces", objects: [kyverno("Audit", "Enforce"), engineWebhook()] },
    { name: "a new policy has its time", objects: [policy({}, { creationTimestamp: "2026-11-20T00:00:00Z" })] },
    { name: "the parameters of a policy are there", objects: [...withParameters({}), configMap({ name: "limits", namespace: "guard" })] },
    {
      name: "a new policy, with parameters that were not read",
      objects: withParameters({}, { creationTimestamp: "2026-11-20T00:00:00Z" }),
      missing: ["configMaps"],
    },
  ],
  notApplicable: [{ name: "no policy", objects: [] }],
  unknown: [
    ...(["services", "workloads"] as const).map((slice) => ({
      name: `a policy of an engine whose webhook fails open, where the ${slice} that may answer it were not read`,
      objects: [kyverno("Enforce"), unanswered],
      missing: [slice],
      reason: "Kyverno policy labels would refuse what violates it, but Kyverno's webhook fails open, and whether anything answers it was not read.",
    })),
    { name: "an exception that Kyverno may heed", objects: [inCel("ValidatingPolicy"), exception(), engineWebhook()] },
    {
      name: "a policy of an engine of which nobody can tell whether it is asked",
      objects: [kyverno("Enforce")],
      missing: ["webhooks"],
      reason: "Kyverno policy labels would refuse what violates it, but whether a webhook of Kyverno asks it was not read.",
    },
    { name: "an exception, and workloads that were not read", objects: [inCel("ValidatingPolicy"), exception(), running], missing: ["workloads"] },
    {
      name: "parameters of a policy that were not read",
      objects: withParameters({}),
      missing: ["configMaps"],
      reason:
        "ValidatingAdmissionPolicy no-root would refuse what violates it, but its bindings let everything through where their parameters are missing, and these are not read.",
    },
    {
      name: "parameters of a kind that is never read, of a policy that conditions choose for",
      objects: withParameters({ paramKind: { apiVersion: "example.com/v1", kind: "Limits" }, matchConditions: [{ name: "a", expression: "object.x" }] }),
    },
    { name: "a set of manifests", objects: [policy()], complete: false },
  ],
});
