import { daemonSet, deployment, namespace } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/testing-control-plane";
import { describeControl } from "../testing";
import control from "./psa-enforce-missing";

const ENFORCE = "pod-security.kubernetes.io/enforce";
const open = namespace({ labels: { [ENFORCE]: undefined, "pod-security.kubernetes.io/enforce-version": undefined } });
const needsBaseline = deployment({ podSpec: { securityContext: { seccompProfile: undefined } } });

function kyverno(spec: object, rule: object = {}) {
  const match = { any: [{ resources: { kinds: ["Pod"] } }] };
  const rules = [{ name: "baseline", match, ...rule, validate: { podSecurity: { level: "baseline", version: "latest" } } }];
  return {
    apiVersion: "kyverno.io/v1",
    kind: "ClusterPolicy",
    metadata: { name: "pod-security" },
    spec: { validationFailureAction: "Enforce", rules, ...spec },
  };
}

const server = daemonSet({
  name: "kube-apiserver",
  namespace: "kube-system",
  container: { command: ["kube-apiserver", "--admission-control-config-file=/etc/kubernetes/admission.yaml"] },
});
const wholeNamespace = { match: { excludedNamespaces: ["kube-system"] } };
const gatekeeper = (spec: object) => ({
  apiVersion: "constraints.gatekeeper.sh/v1beta1",
  kind: "K8sPSPPrivilegedContainer",
  metadata: { name: "no-privileged" },
  spec,
});

const asks = (engine: string) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name: engine },
  webhooks: [{ name: `validate.${engine}.svc`, failurePolicy: "Fail", rules: [{ operations: ["CREATE"], apiGroups: [""], resources: ["pods"] }] }],
});
const controller = deployment({
  name: "kyverno-admission-controller",
  namespace: "kyverno",
  podLabels: { "app.kubernetes.io/component": "admission-controller", "app.kubernetes.io/part-of": "kyverno" },
});
const ofBundle = (name: string, failureAction = "Enforce") => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name },
  spec: {
    rules: [{ name: "all", match: { any: [{ resources: { kinds: ["Pod"] } }] }, validate: { failureAction, pattern: { spec: { "=(hostPID)": "false" } } } }],
  },
});
const inCel = (spec: object = {}) => ({
  apiVersion: "policies.kyverno.io/v1",
  kind: "ValidatingPolicy",
  metadata: { name: "disallow-privileged-containers" },
  spec: {
    validationActions: ["Deny"],
    matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] }] },
    ...spec,
  },
});

describeControl(control, {
  fails: [
    { name: "no label", objects: [open, needsBaseline], severity: "high", evidence: [{ path: `metadata.labels["${ENFORCE}"]`, value: null }] },
    {
      name: "the label says privileged",
      objects: [namespace({ labels: { [ENFORCE]: "privileged" } }), needsBaseline],
      evidence: [{ path: `metadata.labels["${ENFORCE}"]`, value: "privileged" }],
    },
    { name: "a Kyverno policy that only audits", objects: [open, needsBaseline, asks("kyverno"), kyverno({ validationFailureAction: "Audit" })] },
    {
      name: "a Kyverno policy of which all parts must match",
      objects: [
        open,
        needsBaseline,
        asks("kyverno"),
        kyverno({}, { match: { all: [{ resources: { kinds: ["Pod"] } }, { resources: { namespaces: ["other"] } }] } }),
      ],
    },
    {
      name: "a Kyverno policy that leaves the namespace out",
      objects: [open, needsBaseline, asks("kyverno"), kyverno({}, { exclude: { any: [{ resources: { namespaces: ["shop"] } }] } })],
    },
    {
      name: "a label, and the plugin behind it switched off",
      objects: [namespace(), needsBaseline, controlPlaneNode(), componentPod("kube-apiserver", ["--disable-admission-plugins=PodSecurity"])],
      target: { kind: "Namespace", name: "shop" },
      remedy: false,
    },
    {
      name: "a Kyverno policy that only audits here",
      objects: [open, needsBaseline, asks("kyverno"), kyverno({ validationFailureActionOverrides: [{ action: "Audit", namespaces: ["shop"] }] })],
    },
    { name: "a Gatekeeper constraint that only warns", objects: [open, needsBaseline, asks("gatekeeper"), gatekeeper({ enforcementAction: "warn" })] },
    { name: "what is left of a Kyverno that was removed", objects: [open, needsBaseline, asks("gatekeeper"), kyverno({})] },
    { name: "a Kyverno policy that is not used at admission", objects: [open, needsBaseline, asks("kyverno"), kyverno({ admission: false })] },
    { name: "another policy of Kyverno's bundle", objects: [open, needsBaseline, asks("kyverno"), ofBundle("disallow-host-ports")] },
    {
      name: "Kyverno's bundle that only audits",
      objects: [open, needsBaseline, asks("kyverno"), ofBundle("disallow-privileged-containers", "Audit")],
    },
    { name: "a policy in CEL that only audits", objects: [open, needsBaseline, asks("kyverno"), inCel({ validationActions: ["Audit"] })] },
    {
      name: "a policy in CEL for chosen objects",
      objects: [
        open,
        needsBaseline,
        asks("kyverno"),
        inCel({ matchConstraints: { ...inCel().spec.matchConstraints, objectSelector: { matchLabels: { checked: "yes" } } } }),
      ],
    },
  ],
  passes: [
    { name: "Kyverno that has yet to write its webhooks", objects: [open, controller, kyverno({})], target: { kind: "Namespace", name: "shop" } },
    { name: "Kyverno's bundle for the Pod Security Standards", objects: [open, asks("kyverno"), ofBundle("disallow-privileged-containers")] },
    { name: "the same bundle in CEL", objects: [open, asks("kyverno"), inCel()] },
    {
      name: "a Kyverno policy that leaves administrators out",
      objects: [open, asks("kyverno"), kyverno({}, { exclude: { any: [{ clusterRoles: ["cluster-admin"] }] } })],
    },
    {
      name: "a Kyverno policy that enforces here",
      objects: [
        open,
        asks("kyverno"),
        kyverno({ validationFailureAction: "Audit", validationFailureActionOverrides: [{ action: "Enforce", namespaces: ["sh*"] }] }),
      ],
    },
    { name: "baseline", objects: [namespace({ labels: { [ENFORCE]: "baseline" } })] },
    { name: "a level that is none acts as restricted", objects: [namespace({ labels: { [ENFORCE]: "strict" } })] },
    { name: "a Kyverno policy enforces the same", objects: [open, asks("kyverno"), kyverno({})] },
    { name: "a Gatekeeper constraint denies privileged pods", objects: [open, asks("gatekeeper"), gatekeeper(wholeNamespace)] },
  ],
  notApplicable: [{ name: "a namespace of the platform", objects: [namespace({ name: "kube-system", labels: { [ENFORCE]: undefined } })] }],
  unknown: [
    { name: "the API server has defaults of its own", objects: [open, server], target: { kind: "Namespace", name: "shop" } },
    { name: "a policy whose engine cannot be looked for", objects: [open, kyverno({})] },
    { name: "a part of a cluster", objects: [open], complete: false },
  ],
});
