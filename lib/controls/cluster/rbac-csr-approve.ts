import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { NODE_SIGNER, namesClientSigner } from "../../graph/rbac/client-signers";
import { findHeldRights, type HeldRight } from "../../graph/rbac/held-right";
import { capabilityCheck } from "../../graph/rbac/judge-capability";
import type { Grant } from "../../graph/rbac/principal";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";

const CERTIFICATES = "certificates.k8s.io";

/**
 * The signer of kubelets makes any node, with the Secrets of its pods; that of their servers makes nobody who may do anything. What other signers
 * make, such as those of cert-manager, the API server takes from nobody. Whoever may sign writes a certificate into a request, and has no key to make one
 * with: it only keeps others from theirs.
 */
function rateSigner(right: HeldRight, canRequest: boolean): readonly RatedRight[] {
  const names = right.grant.rule.resourceNames;
  const canApprove = right.ask.verb === "approve";
  if (canApprove && (!right.isNamed || namesClientSigner(names))) return [{ ...right, severity: canRequest ? "critical" : "high" }];
  if (canApprove && names.includes(NODE_SIGNER)) return [{ ...right, severity: canRequest ? "high" : "medium" }];
  return !right.isNamed || names.some((name) => name.startsWith("kubernetes.io/")) ? [{ ...right, severity: "low" }] : [];
}

function findSigning(all: readonly Grant[]): readonly RatedRight[] {
  const grants = all.filter((grant) => grant.namespace === null);
  const canApprove = findHeldRights(grants, ASKS.csrApproval).length > 0;
  const canSign = findHeldRights(grants, [{ verbs: ["update", "patch"], group: CERTIFICATES, resources: ["certificatesigningrequests/status"] }]).length > 0;
  const canRequest = findHeldRights(grants, ASKS.csrCreate).length > 0;
  const verbs = [...(canApprove ? ["approve"] : []), ...(canSign ? ["sign"] : [])];
  return findHeldRights(grants, [{ verbs, group: CERTIFICATES, resources: ["signers"] }]).flatMap((right) => rateSigner(right, canRequest));
}

export default defineControl({
  id: "rbac-csr-approve",
  layer: "cluster",
  severity: "high",
  maxSeverity: "critical",
  title: "Few identities approve client certificates",
  failure: "can approve or sign client certificates",
  why: "Approving a request for the signer kube-apiserver-client makes a certificate for any user name and nearly any group, which nobody can revoke. Whoever may also make requests can give themselves such an identity.",
  action: "Limit who may approve client certificates",
  fix: "Limit the verb `approve` on signers with `resourceNames` to the signer that is needed. For those of kubelets, such as kubernetes.io/kubelet-serving, the right stays a finding, but a less severe one; for those of other programs, such as cert-manager, it is none.",
  verify:
    "kubectl auth can-i update certificatesigningrequests --subresource=approval -A --as=USER; kubectl auth can-i --list --as=USER | grep -E '^(signers|\\*)\\.'",
  lookFor:
    "It takes both: the right to update the approval, and the verb `approve` on signers, of which kubectl can only list the rights. The verb `sign` lets nobody make a certificate without the key of the signer, and is less severe.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.11"], nsa: ["RB"], mitre: ["T1098", "T1649"], owasp: ["K02", "K09"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck(findSigning),
  remedy: takeAway,
});
