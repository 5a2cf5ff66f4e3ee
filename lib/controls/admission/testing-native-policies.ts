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
