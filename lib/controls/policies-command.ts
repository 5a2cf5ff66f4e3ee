import { EXCEPTIONS_COMMAND } from "./exceptions-command";

/** Kinds that come with one engine or version stand alone: an error about one that is not installed would hide the others. */
const KINDS = [
  ["validatingadmissionpolicies", "POLICY:.metadata.name,FAILURE:.spec.failurePolicy"],
  ["validatingadmissionpolicybindings", "BINDING:.metadata.name,POLICY:.spec.policyName,ACTIONS:.spec.validationActions,PARAMETERS:.spec.paramRef.name"],
  [
    "clusterpolicies.kyverno.io,policies.kyverno.io -A",
    'NAMESPACE:.metadata.namespace,POLICY:.metadata.name,ACTION:.spec.validationFailureAction,OVERRIDES:.spec.validationFailureActionOverrides[*].action,RULES:.spec.rules[*].validate.failureAction,READY:.status.conditions[?(@.type=="Ready")].status',
  ],
  ["validatingpolicies.policies.kyverno.io,imagevalidatingpolicies.policies.kyverno.io", "POLICY:.metadata.name,ACTIONS:.spec.validationActions"],
  [
    "namespacedvalidatingpolicies.policies.kyverno.io,namespacedimagevalidatingpolicies.policies.kyverno.io -A",
    "NAMESPACE:.metadata.namespace,POLICY:.metadata.name,ACTIONS:.spec.validationActions",
  ],
  ["clusterimagepolicies.policy.sigstore.dev", "POLICY:.metadata.name,MODE:.spec.mode"],
] as const;

/** What admission policies do with an object that violates them: those of Kubernetes, of Kyverno and of Gatekeeper. */
export const POLICIES_COMMAND = `${KINDS.map(([kind, columns]) => `kubectl get ${kind} -o custom-columns='${columns}'`).join("; ")}; kubectl get constraints; ${EXCEPTIONS_COMMAND}`;

export const POLICIES_LOOK_FOR =
  "A policy of Kubernetes does what its bindings say, nothing without one, and where FAILURE is Ignore, nothing that it cannot judge. Deny, Enforce and deny refuse; Audit, Warn, warn and dryrun only tell, and a policy whose READY is False refuses nothing. What an exception names, listed last, Kyverno lets through. An error about a resource type means that this policy engine is not installed.";
