/** What is taken out of Kyverno's policies, of both of its groups: an error about one, where its kinds are not installed, would hide the other. */
export const EXCEPTIONS_COMMAND = "kubectl get policyexceptions.kyverno.io -A; kubectl get policyexceptions.policies.kyverno.io -A";
