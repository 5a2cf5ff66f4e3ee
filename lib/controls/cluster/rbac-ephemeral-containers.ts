import { findHeldRights } from "../../graph/rbac/held-right";
import { capabilityCheck, rate } from "../../graph/rbac/judge-capability";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";
import { rightLookFor } from "../right-look-for";

export default defineControl({
  id: "rbac-ephemeral-containers",
  layer: "cluster",
  severity: "high",
  title: "Few identities put debug containers into running pods",
  failure: "can put debug containers into running pods",
  why: "A debug container runs inside somebody else's pod: with its token, its volumes through /proc, and its network access.",
  action: "Take away rights to add debug containers",
  fix: "Remove the subresource pods/ephemeralcontainers from the role. Grant it temporarily when somebody has to debug.",
  verify: "kubectl auth can-i patch pods --subresource=ephemeralcontainers -A --as=USER",
  lookFor: rightLookFor(),
  tips: ["S3"],
  frameworks: { nsa: ["RB"], mitre: ["T1609", "T1610"], mstm: ["MS-TA9011"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck((grants, context) => rate(findHeldRights(grants, ASKS.ephemeralContainers), context, ["high", "high", "medium"])),
  remedy: takeAway,
});
