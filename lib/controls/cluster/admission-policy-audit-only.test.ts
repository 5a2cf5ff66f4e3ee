import { describeControl } from "../testing";
import control from "./admission-policy-audit-only";

const GROUP = "admissionregistration.k8s.io/v1";
const policy = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: GROUP,
  kind: "ValidatingAdmissionPolicy",
  metadata: { name: "no-root", ...metadata },
  spec: { matchConstraints: { resourceRules: [{ resources: ["pods"] }] }, ...spec },
});
const binding = (validationActions: readonly string[], policyName = "no-root") => ({
  apiVersion: GROUP,
  kind: "ValidatingAdmissionPolicyBinding",
  metadata: { name: "no-root" },
  spec: { policyName, validationActions },
});
const kyverno = (action: string, rule?: string) => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name: "labels" },
  spec: {
    validationFailureAction: action,
    rules: [{ match: { any: [{ resources: { kinds: ["Pod"] } }] }, validate: { ...(rule && { failureAction: rule }) } }],
  },
});

describeControl(control, {
  fails: [
    { name: "a policy without a binding", objects: [policy()] },
    { name: "a binding that only audits", objects: [policy(), binding(["Audit"])], evidence: [{ path: "spec", value: '["Audit"]' }] },
    {
      name: "a policy that fails open",
      objects: [policy({ failurePolicy: "Ignore" }), binding(["Deny"])],
      evidence: [{ path: "spec.failurePolicy", value: "Ignore" }],
    },
    { name: "a binding to nothing", objects: [binding(["Deny"], "gone")], evidence: [{ path: "spec.policyName", value: "gone" }] },
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
    { name: "a binding that denies", objects: [policy(), binding(["Deny"])] },
    { name: "a rule of Kyverno that enforces", objects: [kyverno("Audit", "Enforce")] },
    { name: "a new policy has its time", objects: [policy({}, { creationTimestamp: "2026-11-20T00:00:00Z" })] },
  ],
  notApplicable: [{ name: "no policy", objects: [] }],
  unknown: [{ name: "a set of manifests", objects: [policy()], complete: false }],
});
