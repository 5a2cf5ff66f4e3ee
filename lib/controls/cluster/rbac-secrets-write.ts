import { findHeldRights } from "../../graph/rbac/held-right";
import { capabilityCheck, rate } from "../../graph/rbac/judge-capability";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";
import { NARROWED_RIGHT } from "../narrowed-right";
import { rightLookFor } from "../right-look-for";

export default defineControl({
  id: "rbac-secrets-write",
  layer: "cluster",
  severity: "high",
  title: "Few identities create or change Secrets",
  failure: "can create or change Secrets",
  why: "Whoever creates a Secret of the token type for another service account, and may read it, gets that account's token. Changing a Secret can swap the certificate of a site or the registry that images are pulled from.",
  action: "Narrow who may create or change Secrets",
  fix: `Remove create, update and patch on secrets, or name the Secrets with \`resourceNames\` (which cannot limit \`create\`). ${NARROWED_RIGHT}`,
  verify: "kubectl auth can-i create secrets -A --as=USER",
  lookFor: rightLookFor("`update` and `patch` count as `create` does."),
  tips: ["S3"],
  frameworks: { nsa: ["RB"], mitre: ["T1528", "T1098"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck((grants, context) => rate(findHeldRights(grants, ASKS.secretWrite), context, ["high", "high", "medium"], "low")),
  remedy: takeAway,
});
