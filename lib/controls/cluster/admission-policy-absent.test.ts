import { configMap, deployment, engineWebhook, namespace, node } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { kyvernoPolicy } from "../admission/testing-native-policies";
import { describeControl } from "../testing";
import {
  binding,
  bindingFor,
  exception,
  failsOpen,
  gatekeeper,
  inCel,
  kyverno,
  plain,
  policy,
  REF,
  rules,
  running,
  shop,
  within,
  withParameters,
} from "../testing-admission-policies";
import { RULES_ON_DANGERS } from "../testing-kyverno-rules";
import { securityContextConstraints } from "../testing-pod-security-guards";
import control from "./admission-policy-absent";

const ACTIONS = "spec.validationActions";
const kubewarden = (webhook: object) => ({ ...engineWebhook("kubewarden"), webhooks: [{ name: "kubewarden", ...webhook }] });

/** A policy of Kyverno with a rule on pods for each action. */
const acting = (...actions: readonly string[]) => ({ ...rules(), spec: { rules: actions.flatMap((action) => rules(action).spec.rules) } });

describeControl(control, {
  fails: [
    ...RULES_ON_DANGERS.fails,
    {
      name: "Kyverno, with an exception for every pod",
      objects: [...shop, running("true"), kyverno("Enforce"), exception({ namespaces: ["?*"] })],
      evidence: [
        {
          path: "spec.validationFailureAction",
          message: "Kyverno policy no-root keeps no danger out: PolicyException shop/legacy takes all of them out of it.",
        },
      ],
    },
    { name: "Kyverno that refuses namespaces, and only audits pods", objects: [...shop, running("false"), rules("Audit", "Enforce")] },
    { name: "a bound policy on what makes pods, where pods are made by themselves too", objects: [...shop, policy(["deployments"], "apps"), binding("Deny")] },
    {
      name: "Kyverno whose overrides audit where something runs",
      objects: [...shop, engineWebhook(), kyverno("Enforce", { validationFailureActionOverrides: [{ action: "Audit", namespaces: ["shop"] }] })],
      evidence: [
        {
          path: "spec.validationFailureAction",
          message: "Kyverno policy no-root keeps no danger out: it refuses nothing in any namespace in which something runs.",
        },
      ],
    },
    { name: "a cluster of which only one node is of Autopilot", objects: [...shop, node(), node({ name: "gk3-shop-1" })] },
    {
      name: "an engine whose policies are not shown, in another namespace",
      objects: [...shop, kubewarden({ rules: [{ operations: ["CREATE"], resources: ["pods"] }], namespaceSelector: { matchLabels: { guarded: "yes" } } })],
    },
    {
      name: "an engine whose policies are not shown, asked to change pods",
      objects: [...shop, { ...engineWebhook("kubewarden"), kind: "MutatingWebhookConfiguration" }],
    },
    {
      name: "an engine whose policies are not shown, asked about what is in no namespace",
      objects: [...shop, kubewarden({ rules: [{ operations: ["CREATE"], resources: ["*"], scope: "Cluster" }] })],
    },
    {
      name: "Kyverno in CEL, on other things than what is dangerous",
      objects: [...shop, running("false"), kyvernoPolicy(["has(object.metadata.labels.team)"])],
      evidence: [{ path: ACTIONS, message: "Kyverno policy guard keeps no danger out: of each that it was tried on, it lets a pod through." }],
    },
    { name: "an exception alone", objects: [...shop, running("true"), exception()] },
    {
      name: "a policy of one namespace, with an exception for that namespace",
      objects: [
        ...shop,
        running("true"),
        { ...kyverno("Enforce"), kind: "Policy", metadata: { name: "no-root", namespace: "shop" } },
        exception({ namespaces: ["shop"] }, "shop/no-root"),
      ],
    },
    { name: "nothing at all", objects: shop },
    { name: "a policy that nothing binds", objects: [...shop, policy(["pods"])] },
    { name: "a policy that validates nothing", objects: [...shop, within({ validations: [] }), binding("Deny")] },
    {
      name: "a policy that validates nothing, and whose parameters do not exist",
      objects: withParameters(REF, { validations: [] }),
      evidence: [{ path: "" }, { path: "spec.validations", message: "ValidatingAdmissionPolicy no-root keeps no danger out: it validates nothing." }],
    },
    {
      name: "a policy that only writes annotations",
      objects: [...shop, within({ validations: undefined, auditAnnotations: [{ key: "seen", valueExpression: "'yes'" }] }), binding("Deny")],
      evidence: [{ path: "" }, { path: "spec.validations", message: "ValidatingAdmissionPolicy no-root keeps no danger out: it validates nothing." }],
    },
    {
      name: "a policy for pods of one name",
      objects: [...shop, within({ matchConditions: [{ name: "some", expression: "object.metadata.name == 'x'" }] }), binding("Deny")],
      evidence: [
        { path: "" },
        {
          path: "spec.failurePolicy",
          message: "ValidatingAdmissionPolicy no-root keeps no danger out: of each that it was tried on, it lets a pod through.",
        },
      ],
    },
    { name: "a policy on labels alone", objects: [...shop, within({ validations: [{ expression: "has(object.metadata.labels.team)" }] }), binding("Deny")] },
    { name: "a policy whose validation is always true", objects: [...shop, within({ validations: [{ expression: " true " }] }), binding("Deny")] },
    {
      name: "a policy whose parameters are only where nothing runs, and whose binding allows that",
      objects: [...withParameters({ name: "limits", parameterNotFoundAction: "Allow" }), configMap({ name: "limits", namespace: "guard" })],
      evidence: [
        { path: "" },
        {
          path: "spec.failurePolicy",
          message: "ValidatingAdmissionPolicy no-root keeps no danger out: it refuses nothing in any namespace in which something runs.",
        },
      ],
    },
    {
      name: "a policy whose parameters do not exist, and whose binding allows that",
      objects: [...withParameters(REF), configMap({ name: "limits", namespace: "shop" })],
      evidence: [
        { path: "" },
        {
          path: "spec.paramRef",
          message:
            "ValidatingAdmissionPolicy no-root keeps no danger out: the parameters that its bindings name do not exist, and without them nothing is refused.",
        },
      ],
    },
    {
      name: "a policy whose parameters do not exist, and which ignores failures",
      objects: withParameters({ name: "limits", namespace: "guard", parameterNotFoundAction: "Deny" }, { failurePolicy: "Ignore" }),
    },
    {
      name: "a policy whose parameters no label chooses",
      objects: [
        ...withParameters({ selector: { matchLabels: { limits: "yes" } }, parameterNotFoundAction: "Allow" }),
        configMap({ name: "limits", namespace: "shop", labels: { limits: "no" } }),
      ],
    },
    {
      name: "a policy for namespaces in which nothing runs",
      objects: [...shop, policy(["pods"]), bindingFor({ namespaceSelector: { matchLabels: { guarded: "yes" } } })],
    },
    {
      name: "a policy on everything of another API",
      objects: [
        ...shop,
        within({ matchConstraints: { resourceRules: [{ apiGroups: ["example.com"], apiVersions: ["v1"], operations: ["*"], resources: ["*"] }] } }),
        binding("Deny"),
      ],
    },
    {
      name: "a policy on pods that go",
      objects: [
        ...shop,
        within({ matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["DELETE"], resources: ["pods"] }] } }),
        binding("Deny"),
      ],
    },
    {
      name: "an engine that is asked about Ingresses only",
      objects: [
        ...shop,
        {
          ...engineWebhook("opa"),
          webhooks: [
            { name: "validate.opa.svc", failurePolicy: "Fail", rules: [{ operations: ["*"], apiGroups: ["networking.k8s.io"], resources: ["ingresses"] }] },
          ],
        },
      ],
    },
    {
      name: "a policy that only warns, whose parameters are there",
      objects: [
        ...withParameters({ name: "limits", namespace: "guard", parameterNotFoundAction: "Deny" }, {}, ["Warn"]),
        configMap({ name: "limits", namespace: "guard" }),
      ],
      evidence: [{ path: ACTIONS, message: "ValidatingAdmissionPolicy no-root keeps no danger out: its bindings only warn or audit." }],
    },
    {
      name: "a policy that only warns, ignores failures, and lacks its parameters",
      objects: withParameters({ name: "limits", namespace: "guard", parameterNotFoundAction: "Deny" }, { failurePolicy: "Ignore" }, ["Warn"]),
    },
    { name: "a policy that only warns", objects: [...shop, policy(["pods"]), binding("Warn", "Audit")], evidence: [{ path: ACTIONS }] },
    { name: "a policy about something else", objects: [...shop, policy(["configmaps"]), binding("Deny")] },
    { name: "Kyverno left at its default", objects: [...shop, kyverno()] },
    {
      name: "a policy that its binding keeps to other objects than pods",
      objects: [...shop, policy(["pods"]), bindingFor({ resourceRules: [{ operations: ["CREATE"], apiGroups: [""], resources: ["services"] }] })],
    },
    { name: "Gatekeeper that only reports", objects: [...shop, gatekeeper({ enforcementAction: "dryrun" })] },
    { name: "what is left of a Kyverno that was removed", objects: [...shop, kyverno("Enforce")], evidence: [{ path: "" }] },
    { name: "what is left of a Gatekeeper that was removed", objects: [...shop, gatekeeper(), engineWebhook()] },
    {
      name: "only signatures are looked at",
      objects: [
        ...shop,
        { apiVersion: "policy.sigstore.dev/v1beta1", kind: "ClusterImagePolicy", metadata: { name: "signed" }, spec: { images: [{ glob: "**" }] } },
      ],
    },
    {
      name: "the plugin behind the labels is switched off",
      objects: [namespace(), deployment(), controlPlaneNode(), componentPod("kube-apiserver", ["--disable-admission-plugins=PodSecurity"])],
    },
    { name: "only a namespace where nothing runs is labelled", objects: [...shop, namespace({ name: "reader" })] },
    {
      name: "nothing runs outside of the platform yet, and no namespace is labelled",
      objects: [plain, deployment({ namespace: "kube-system" })],
      evidence: [{ path: "", message: "No namespace for workloads enforces a Pod Security level, and no policy refuses dangerous pods." }],
    },
    { name: "only a namespace of the platform is labelled", objects: [...shop, namespace({ name: "kube-system" })] },
  ],
  passes: [
    ...RULES_ON_DANGERS.passes,
    {
      name: "Kyverno, with an exception for one namespace",
      objects: [...shop, running("true"), kyverno("Enforce"), exception({ namespaces: ["legacy"] })],
      evidence: [
        {
          path: "spec.validationFailureAction",
          message: "Kyverno policy no-root refuses pods with privileged containers, but PolicyException shop/legacy takes some of them out of it.",
        },
      ],
    },
    { name: "Kyverno, with an exception that it does not heed", objects: [...shop, running("false"), kyverno("Enforce"), exception()] },
    {
      name: "Kyverno, with an exception from a policy of one namespace",
      objects: [...shop, running("true"), kyverno("Enforce"), exception({}, "shop/no-root")],
    },
    {
      name: "Kyverno in CEL, with an exception for some",
      objects: [
        ...shop,
        running("true"),
        inCel("ValidatingPolicy"),
        {
          apiVersion: "policies.kyverno.io/v1",
          kind: "PolicyException",
          metadata: { name: "legacy", namespace: "shop" },
          spec: { policyRefs: [{ kind: "ValidatingPolicy", name: "no-root" }], images: ["registry.example.com/legacy/*"] },
        },
      ],
      evidence: [
        {
          path: ACTIONS,
          message: "Kyverno policy no-root refuses pods with files of the host, but PolicyException shop/legacy takes some of them out of it.",
        },
      ],
    },
    { name: "Kyverno in CEL, for one namespace", objects: [...shop, running("false"), inCel("NamespacedValidatingPolicy", { namespace: "shop" })] },
    { name: "a namespace enforces a level", objects: [namespace(), deployment()] },
    { name: "a namespace enforces a level before anything runs outside of the platform", objects: [namespace(), deployment({ namespace: "kube-system" })] },
    {
      name: "a policy for a namespace refuses before anything runs in it",
      objects: [plain, policy(["pods"]), bindingFor({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } })],
    },
    { name: "a bound policy denies", objects: [...shop, policy(["deployments", "pods"], "*"), binding("Deny")] },
    {
      name: "a bound policy denies, in the namespace that it is for",
      objects: [...shop, policy(["pods"]), bindingFor({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } })],
    },
    { name: "a bound policy denies, on everything of every API", objects: [...shop, policy(["*"], "*"), binding("Deny")] },
    { name: "a bound policy has its parameters", objects: [...withParameters(REF), configMap({ name: "limits", namespace: "guard" })] },
    {
      name: "a bound policy has its parameters in a namespace",
      objects: [...withParameters({ name: "limits", parameterNotFoundAction: "Allow" }), configMap({ name: "limits", namespace: "shop" })],
      evidence: [
        {
          path: "spec.failurePolicy",
          message: "ValidatingAdmissionPolicy no-root refuses pods with files of the host, but only in namespaces that hold its parameters.",
        },
      ],
    },
    {
      name: "a bound policy has its parameters in a namespace, and is bound in another one that a selector chooses",
      objects: [
        ...withParameters({ name: "limits", parameterNotFoundAction: "Allow" }),
        configMap({ name: "limits", namespace: "shop" }),
        {
          ...binding("Deny"),
          metadata: { name: "elsewhere" },
          spec: { ...bindingFor({ namespaceSelector: { matchLabels: { team: "pay" } } }).spec, paramRef: { ...REF, parameterNotFoundAction: "Deny" } },
        },
      ],
      evidence: [
        {
          path: "spec.failurePolicy",
          message:
            "ValidatingAdmissionPolicy no-root refuses pods with files of the host, but only in namespaces that its selectors choose or that hold its parameters.",
        },
      ],
    },
    {
      name: "a bound policy without its parameters refuses everything",
      objects: withParameters({ name: "limits", namespace: "guard", parameterNotFoundAction: "Deny" }),
    },
    {
      name: "a policy that only warns, and refuses everything without its parameters",
      objects: withParameters({ name: "limits", namespace: "guard", parameterNotFoundAction: "Deny" }, {}, ["Warn"]),
    },
    { name: "a bound policy denies what it can judge", objects: [...shop, failsOpen(policy(["pods"])), binding("Deny")] },
    {
      name: "Kyverno that has yet to write its webhooks",
      objects: [
        ...shop,
        kyverno("Enforce"),
        deployment({ namespace: "kyverno", podLabels: { "app.kubernetes.io/component": "admission-controller", "app.kubernetes.io/part-of": "kyverno" } }),
      ],
    },
    {
      name: "Kyverno enforces by its first rule, and audits by its second",
      objects: [...shop, running("false"), acting("Enforce", "Audit")],
      evidence: [{ path: "spec.rules[0].validate.failureAction", value: "Enforce" }],
    },
    {
      name: "a policy whose binding names pods too",
      objects: [...shop, policy(["pods"]), bindingFor({ resourceRules: [{ operations: ["*"], apiGroups: ["", "apps"], resources: ["pods", "deployments"] }] })],
    },
    {
      name: "a misspelt level, which acts as restricted",
      objects: [namespace({ labels: { "pod-security.kubernetes.io/enforce": "Restricted" } }), deployment()],
    },
    { name: "OpenShift", objects: [...shop, securityContextConstraints] },
    { name: "GKE Autopilot", objects: [...shop, node({ name: "gk3-shop-1" })] },
  ],
  notApplicable: [{ name: "nothing runs here", objects: [] }],
  unknown: [
    {
      name: "Kyverno enforces by its second rule, and audits by its first",
      objects: [...shop, running("false"), acting("Audit", "Enforce")],
      reason:
        "Kyverno policy no-root would refuse what violates it, but its first rule with an action of its own only audits, and up to release 1.18 Kyverno then refuses nothing by the others.",
    },
    ...RULES_ON_DANGERS.unknown,
    {
      name: "conditions leave out what a pod is called",
      objects: [...shop, within({ matchConditions: [{ name: "some", expression: "object.metadata.name != 'x'" }] }), binding("Deny")],
      reason: "ValidatingAdmissionPolicy no-root would refuse what violates it, but it also asks what whoever writes a pod can choose.",
    },
    {
      name: "conditions ask what cannot be evaluated here",
      objects: [...shop, within({ matchConditions: [{ name: "some", expression: "authorizer.requestResource.check('x').allowed()" }] }), binding("Deny")],
      reason:
        "ValidatingAdmissionPolicy no-root would refuse what violates it, but what it asks cannot be evaluated here: there is no function called allowed that takes what it is given here.",
    },
    {
      name: "the policy is surely bound elsewhere, and here for some pods",
      objects: [
        ...shop,
        policy(["pods"]),
        bindingFor({ namespaceSelector: { matchLabels: { guarded: "yes" } } }),
        { ...bindingFor({ objectSelector: { matchLabels: { a: "b" } } }), metadata: { name: "some" } },
      ],
      reason: "ValidatingAdmissionPolicy no-root would refuse what violates it, but labels on each object decide whether it is seen.",
    },
    ...[{}, { objectSelector: { matchLabels: { guarded: "yes" } } }, { failurePolicy: "Ignore" }].map((chosen) => ({
      name: `an engine whose policies are not shown is asked about pods: ${JSON.stringify(chosen)}`,
      objects: [...shop, kubewarden({ rules: [{ operations: ["CREATE"], resources: ["pods"] }], ...chosen })],
      reason: "Kubewarden is asked about new pods; what it refuses is not read.",
    })),
    {
      name: "labels of objects choose what the policy sees",
      objects: [...shop, policy(["pods"]), bindingFor({ objectSelector: { matchLabels: { a: "b" } } })],
    },
    {
      name: "the policy leaves out what it names",
      objects: [
        ...shop,
        policy(["pods"]),
        bindingFor({ excludeResourceRules: [{ apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*"], resourceNames: ["debug"] }] }),
      ],
    },
    { name: "Kyverno, with an exception for every pod that it may heed", objects: [...shop, engineWebhook(), kyverno("Enforce"), exception()] },
    {
      name: "parameters of a kind that is not read",
      objects: withParameters(REF, { paramKind: { apiVersion: "example.com/v1", kind: "Limits" } }),
      reason:
        "ValidatingAdmissionPolicy no-root would refuse what violates it, but its bindings let everything through where their parameters are missing, and these are not read.",
    },
    { name: "parameters that cannot be listed", objects: withParameters(REF), missing: ["configMaps"] },
    {
      name: "parameters that cannot be listed, of a policy that ignores failures",
      objects: withParameters({ ...REF, parameterNotFoundAction: "Deny" }, { failurePolicy: "Ignore" }),
      missing: ["configMaps"],
    },
    { name: "policies cannot be listed", objects: shop, missing: ["admissionPolicies"] },
    { name: "a set of manifests", objects: shop, complete: false },
  ],
});
