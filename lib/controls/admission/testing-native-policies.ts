import type { JsonRecord } from "../../model/json";
import { GROUP } from "../testing-admission-policies";

const PODS = { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] }] };

/** A policy on pods, with a binding that denies. */
export function nativePolicy(validations: readonly string[], spec: JsonRecord = {}, bound: JsonRecord = {}, name = "guard"): readonly JsonRecord[] {
  return [
    {
      apiVersion: GROUP,
      kind: "ValidatingAdmissionPolicy",
      metadata: { name },
      spec: { failurePolicy: "Fail", matchConstraints: PODS, validations: validations.map((expression) => ({ expression })), ...spec },
    },
    {
      apiVersion: GROUP,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: { policyName: name, validationActions: ["Deny"], ...bound },
    },
  ];
}

const EACH = "(object.spec.containers + object.spec.?initContainers.orValue([]))";
export const ALL_CONTAINERS = [{ name: "all", expression: EACH.slice(1, -1) }];

/** What policies ask so that nobody takes over a node: of all containers, and of the pod. */
export const NO_PRIVILEGED = `${EACH}.all(c, !c.?securityContext.?privileged.orValue(false))`;
export const NO_HOST_NAMESPACES = "!has(object.spec.hostNetwork) && !has(object.spec.hostPID) && !has(object.spec.hostIPC)";
export const NO_HOST_FILES = "!has(object.spec.volumes) || object.spec.volumes.all(v, !has(v.hostPath))";
export const TAKES_OVER_NOTHING = [NO_PRIVILEGED, NO_HOST_NAMESPACES, NO_HOST_FILES];

/** The same of containers that are added to a running pod. */
export const NO_PRIVILEGED_ADDED = "object.spec.?ephemeralContainers.orValue([]).all(c, !c.?securityContext.?privileged.orValue(false))";

/** A policy of Kyverno in CEL on pods; without an action it denies. */
export function kyvernoPolicy(validations: readonly string[], spec: JsonRecord = {}, metadata: JsonRecord = {}): JsonRecord {
  return {
    apiVersion: "policies.kyverno.io/v1",
    kind: metadata.namespace === undefined ? "ValidatingPolicy" : "NamespacedValidatingPolicy",
    metadata: { name: "guard", ...metadata },
    spec: { matchConstraints: PODS, validations: validations.map((expression) => ({ expression })), ...spec },
  };
}
