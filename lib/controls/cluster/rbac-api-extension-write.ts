import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights } from "../../graph/rbac/held-right";
import { capabilityCheck, unlessExpected } from "../../graph/rbac/judge-capability";
import type { Grant } from "../../graph/rbac/principal";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { defineControl } from "../define";
import { rightLookFor } from "../right-look-for";

function findExtensions(all: readonly Grant[]): readonly RatedRight[] {
  const grants = all.filter((grant) => grant.namespace === null);
  return findHeldRights(grants, ASKS.extensionWrite).map(
    (right): RatedRight => ({ ...right, severity: right.ask.resource === "apiservices" ? "high" : "medium" }),
  );
}

const judge = capabilityCheck(findExtensions);

export default defineControl({
  id: "rbac-api-extension-write",
  layer: "cluster",
  severity: "high",
  title: "Few identities change CRDs or APIServices",
  failure: "can change CRDs or APIServices",
  why: "An APIService sends requests for a whole API group to another server, which then sees them with the caller's identity. A CRD's conversion webhook sees every object of its kind.",
  action: "Take away rights to change CRDs and APIServices",
  fix: "Remove the right, and install CRDs from a pipeline whose identity lives for the run only.",
  verify: "kubectl auth can-i update apiservices -A --as=USER",
  lookFor: rightLookFor("The same right on customresourcedefinitions counts too."),
  tips: ["S3", "S1"],
  frameworks: { nsa: ["RB", "CP"], mitre: ["T1557", "T1546"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: (principal, context) =>
    unlessExpected(judge(principal, context), principal.scope === "platform", "Operators of the platform install extensions; that is their work."),
  remedy: takeAway,
});
