import { deployment, namespace } from "../inventory/testing";

export const plain = namespace({ labels: { "pod-security.kubernetes.io/enforce": undefined, "pod-security.kubernetes.io/enforce-version": undefined } });
export const shop = [plain, deployment()];
export const GROUP = "admissionregistration.k8s.io/v1";
/** Refuses something dangerous, and not everything. */
const validations = [{ expression: "!has(object.spec.volumes) || object.spec.volumes.all(v, !has(v.hostPath))" }];
export const policy = (resources: readonly string[], group = "") => ({
  apiVersion: GROUP,
  kind: "ValidatingAdmissionPolicy",
  metadata: { name: "no-root" },
  spec: { matchConstraints: { resourceRules: [{ apiGroups: [group], apiVersions: ["v1"], operations: ["CREATE"], resources }] }, validations },
});
export const failsOpen = (object: ReturnType<typeof policy>) => ({ ...object, spec: { ...object.spec, failurePolicy: "Ignore" } });
export const binding = (...validationActions: string[]) => ({
  apiVersion: GROUP,
  kind: "ValidatingAdmissionPolicyBinding",
  metadata: { name: "no-root" },
  spec: { policyName: "no-root", validationActions },
});
export const bindingFor = (matchResources: object) => ({ ...binding("Deny"), spec: { ...binding("Deny").spec, matchResources } });
export const within = (spec: object) => ({ ...policy(["pods"]), spec: { ...policy(["pods"]).spec, ...spec } });
export const REF = { name: "limits", namespace: "guard", parameterNotFoundAction: "Allow" };
/** A policy that needs parameters, with the binding that names them. */
export const withParameters = (paramRef: object, part: object = {}, actions: readonly string[] = ["Deny"]) => [
  ...shop,
  within({ paramKind: { apiVersion: "v1", kind: "ConfigMap" }, ...part }),
  { ...binding("Deny"), spec: { ...binding(...actions).spec, paramRef } },
];
const EACH = [{ "=(securityContext)": { "=(privileged)": "false" } }];
/** What a rule of Kyverno asks by a pattern so that no container is privileged. */
export const NOT_PRIVILEGED = { spec: { "=(initContainers)": EACH, containers: EACH } };
export const kyverno = (validationFailureAction?: string, spec: object = {}) => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name: "no-root" },
  spec: { validationFailureAction, rules: [{ match: { any: [{ resources: { kinds: ["Pod"] } }] }, validate: { pattern: NOT_PRIVILEGED } }], ...spec },
});
export const gatekeeper = (spec: object = {}) => ({
  apiVersion: "constraints.gatekeeper.sh/v1beta1",
  kind: "K8sPSPPrivilegedContainer",
  metadata: { name: "no-root" },
  spec: { match: { kinds: [{ apiGroups: [""], kinds: ["Pod"] }] }, ...spec },
});
/** What constraints of a kind ask. */
export const template = (rego: string, kind = "K8sPSPPrivilegedContainer") => ({
  apiVersion: "templates.gatekeeper.sh/v1",
  kind: "ConstraintTemplate",
  metadata: { name: kind.toLowerCase() },
  spec: { crd: { spec: { names: { kind } } }, targets: [{ target: "admission.k8s.gatekeeper.sh", rego }] },
});
export const NO_PRIVILEGED = "package guard\nviolation[{}] { input.review.object.spec.containers[_].securityContext.privileged }";

/** Kyverno, which heeds exceptions or does not. */
export const running = (enabled: string) =>
  deployment({
    name: "policy",
    namespace: "guard",
    container: { image: "ghcr.io/kyverno/kyverno:v1.17.1", args: [`--enablePolicyException=${enabled}`, "--exceptionNamespace=*"] },
  });
export const exception = (resources: object = {}, policyName = "no-root") => ({
  apiVersion: "kyverno.io/v2",
  kind: "PolicyException",
  metadata: { name: "legacy", namespace: "shop" },
  spec: { exceptions: [{ policyName, ruleNames: ["*"] }], match: { any: [{ resources: { kinds: ["Pod"], ...resources } }] } },
});
export const rules = (...actions: readonly string[]) => ({
  ...kyverno(),
  spec: {
    rules: actions.map((failureAction, index) => ({
      name: `rule-${index}`,
      match: { any: [{ resources: { kinds: [index === 0 ? "Pod" : "Namespace"] } }] },
      validate: { failureAction, pattern: NOT_PRIVILEGED },
    })),
  },
});
export const inCel = (kind: string, metadata: object = {}) => ({
  apiVersion: "policies.kyverno.io/v1",
  kind,
  metadata: { name: "no-root", ...metadata },
  spec: { matchConstraints: { resourceRules: [{ apiGroups: [""], operations: ["CREATE"], resources: ["pods"] }] }, validations },
});
