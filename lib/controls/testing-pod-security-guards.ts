import { daemonSet, deployment, engineWebhook, statefulSet } from "../inventory/testing";
import type { JsonRecord } from "../model/json";
import { kyvernoPolicy, TAKES_OVER_NOTHING } from "./admission/testing-native-policies";
import { template } from "./testing-admission-policies";

/** A policy of Kyverno that holds the baseline in every namespace; the others here are of its newer kinds and of Gatekeeper, with what runs and what spares them. */
export function kyverno(spec: object, rule: object = {}) {
  const match = { any: [{ resources: { kinds: ["Pod"] } }] };
  const rules = [{ name: "baseline", match, validate: { podSecurity: { level: "baseline", version: "latest" } }, ...rule }];
  return {
    apiVersion: "kyverno.io/v1",
    kind: "ClusterPolicy",
    metadata: { name: "pod-security" },
    spec: { validationFailureAction: "Enforce", rules, ...spec },
  };
}

/** By which OpenShift is known. */
export const securityContextConstraints = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "securitycontextconstraints.security.openshift.io" },
  spec: {},
};
/** Of OpenShift, as they are called. */
export const constraints = (name: string, allowed: object = {}) => ({
  apiVersion: "security.openshift.io/v1",
  kind: "SecurityContextConstraints",
  metadata: { name },
  ...allowed,
});
export const server = daemonSet({
  name: "kube-apiserver",
  namespace: "kube-system",
  container: { command: ["kube-apiserver", "--admission-control-config-file=/etc/kubernetes/admission.yaml"] },
});
export const wholeNamespace = { match: { excludedNamespaces: ["kube-system"] } };
export const scoped = (action: string, point: string) => ({
  enforcementAction: "scoped",
  scopedEnforcementActions: [{ action, enforcementPoints: [{ name: point }] }],
});
const constraintsOf = (kinds: readonly string[], spec: object) =>
  kinds.map((kind) => ({ apiVersion: "constraints.gatekeeper.sh/v1beta1", kind, metadata: { name: "no-privileged" }, spec }));
/** Constraints that together keep out what takes over a node, of Gatekeeper's library and of Azure Policy. */
export const gatekeeper = (spec: object) =>
  constraintsOf(["K8sPSPPrivilegedContainer", "K8sPSPHostNamespace", "K8sPSPHostNetworkingPorts", "K8sPSPHostFilesystem"], spec);
export const azure = (spec: object) =>
  constraintsOf(["K8sAzureV2NoPrivilege", "K8sAzureV2BlockHostNamespace", "K8sAzureV3HostNetworkingPorts", "K8sAzureV4HostFilesystem"], spec);

/** What their templates speak of. */
const TEMPLATES = {
  ...Object.fromEntries(
    ["K8sPSPPrivilegedContainer", "K8sAzureV2NoPrivilege"].map((kind) => [
      kind,
      "c := input.review.object.spec.initContainers[_]; c.securityContext.privileged",
    ]),
  ),
  ...Object.fromEntries(["K8sPSPHostNamespace", "K8sAzureV2BlockHostNamespace"].map((kind) => [kind, 'input.review.object.spec[{"hostPID", "hostIPC"}[_]]'])),
  ...Object.fromEntries(["K8sPSPHostNetworkingPorts", "K8sAzureV3HostNetworkingPorts"].map((kind) => [kind, "input.review.object.spec.hostNetwork"])),
  ...Object.fromEntries(["K8sPSPHostFilesystem", "K8sAzureV4HostFilesystem"].map((kind) => [kind, "input.review.object.spec.volumes[_].hostPath"])),
  K8sPSPVolumeTypes: "input.review.object.spec.volumes[_][x]",
};
/** Gatekeeper, which the API server asks. */
export const gatekeeperTemplates = Object.entries(TEMPLATES).map(([kind, asked]) => template(`package guard\nviolation[{}] { ${asked} }`, kind));
export const gatekeeperRuns = [engineWebhook("gatekeeper"), ...gatekeeperTemplates];

export const controller = deployment({
  name: "kyverno-admission-controller",
  namespace: "kyverno",
  podLabels: { "app.kubernetes.io/component": "admission-controller", "app.kubernetes.io/part-of": "kyverno" },
});
export const stateful = statefulSet({ name: "guard", namespace: "kyverno", container: { image: "ghcr.io/kyverno/kyverno:v1.17.1" } });
/** It lets nothing through that takes over a node. */
export const inCel = (spec: JsonRecord = {}) => kyvernoPolicy(TAKES_OVER_NOTHING, { validationActions: ["Deny"], ...spec }, { name: "no-takeover" });

/** Kyverno's admission controller, by its image alone. */
export const running = (enabled: string, name = "a", args: readonly string[] = []) => [
  deployment({
    name: `policy-${name}`,
    namespace: "guard",
    container: { image: "registry.example.com/mirror/kyverno/kyverno:v1.17.1", args: [`--enablePolicyException=${enabled}`, ...args] },
  }),
];
export const exception = (resources: object = {}, spec: object = {}, metadata: object = {}) => ({
  apiVersion: "kyverno.io/v2",
  kind: "PolicyException",
  metadata: { name: "legacy", namespace: "shop", ...metadata },
  spec: {
    exceptions: [{ policyName: "pod-*", ruleNames: ["baseline", "autogen-baseline"] }],
    match: { any: [{ resources: { kinds: ["Pod", "Deployment"], namespaces: ["shop"], ...resources } }] },
    ...spec,
  },
});
export const inCelException = (spec: object = {}) => ({
  apiVersion: "policies.kyverno.io/v1",
  kind: "PolicyException",
  metadata: { name: "legacy", namespace: "shop" },
  spec: { policyRefs: [{ kind: "ValidatingPolicy", name: "no-takeover" }], ...spec },
});
export const ofNamespace = (namespace: string) => kyvernoPolicy(TAKES_OVER_NOTHING, {}, { namespace });
export const policyOf = (namespace: string) => ({ ...kyverno({}), kind: "Policy", metadata: { name: "pod-security", namespace } });
