import { findHeldRights } from "../../graph/rbac/held-right";
import { capabilityCheck, rate } from "../../graph/rbac/judge-capability";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";
import { NARROWED_RIGHT } from "../narrowed-right";
import { rightLookFor } from "../right-look-for";

export default defineControl({
  id: "rbac-secrets-read",
  layer: "cluster",
  severity: "high",
  title: "Secrets are read only by name and by those who need them",
  failure: "can read Secrets",
  why: "Secrets hold passwords, keys and tokens of service accounts. `list` and `watch` return their contents just as `get` does.",
  action: "Narrow who may read Secrets",
  fix: `Remove get, list and watch on secrets, or allow \`get\` on the Secrets that are needed with \`resourceNames\`. ${NARROWED_RIGHT}`,
  verify: "kubectl auth can-i list secrets -A --as=USER",
  lookFor: rightLookFor("`get` and `watch` count as `list` does."),
  tips: ["S3"],
  frameworks: { cis: ["5.1.2"], nsa: ["RB", "SE"], mitre: ["T1552.007"], mstm: ["MS-TA9025"], owasp: ["K02", "K03"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck((grants, context) => rate(findHeldRights(grants, ASKS.secretRead), context, ["high", "high", "medium"], "low")),
  remedy: takeAway,
});
