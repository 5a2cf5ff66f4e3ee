import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights, type HeldRight } from "../../graph/rbac/held-right";
import { capabilityCheck, listAllGrants, nameBoundGroups, type RbacContext } from "../../graph/rbac/judge-capability";
import type { Grant, Principal } from "../../graph/rbac/principal";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { toLevels } from "../../inventory/admission/pod-security-labels";
import type { Context } from "../../inventory/view";
import { defineControl } from "../define";
import { rightLookFor } from "../right-look-for";

type ReadContext = RbacContext & Context<"namespaces">;

/** Whether Pod Security holds pods back in a namespace, or in any where none is given; what cannot be seen is taken to. */
function isGuarded(name: string | null, { slices, isComplete }: ReadContext): boolean {
  const isWhole = isComplete && slices.namespaces.length > 0;
  const asked = name === null ? slices.namespaces : slices.namespaces.filter(({ ref }) => ref.name === name);
  const isHidden = !isWhole && (name === null || asked.length === 0);
  return isHidden || asked.some(({ labels }) => toLevels(labels).enforce !== "privileged");
}

/** The namespaces that a right lets relabel; null = any. */
function reachOf({ grant, isNamed }: HeldRight): readonly string[] | null {
  if (grant.namespace !== null) return [grant.namespace];
  return isNamed ? grant.rule.resourceNames : null;
}

/** Worse for who can also create pods where a level is enforced: first the label goes, then the privileged pod comes. */
function findRelabelling(grants: readonly Grant[], context: ReadContext, principal: Principal): readonly RatedRight[] {
  const rights = findHeldRights(grants, ASKS.namespaceWrite);
  if (rights.length === 0) return [];
  const creators = findHeldRights(listAllGrants(principal, "workloadWrite", context), ASKS.workloadWrite).filter((right) => right.ask.verb === "create");
  const places = [...new Set(creators.map((creator) => creator.grant.namespace))];
  return rights.map((right): RatedRight => {
    const reach = reachOf(right);
    const common = reach === null ? places : reach.filter((name) => places.includes(null) || places.includes(name));
    return { ...right, severity: common.some((place) => isGuarded(place, context)) ? "high" : "medium" };
  });
}

export default defineControl({
  id: "rbac-namespace-write",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "Few identities relabel namespaces",
  failure: "can relabel namespaces",
  why: "Labels of a namespace decide which Pod Security level applies in it, whether claims in it may ask for admin access to devices that others use, and whether the namespaceSelector of other people's network policies lets it in.",
  action: "Take away rights to relabel namespaces",
  fix: "Remove update and patch on namespaces. Where the right has to stay, guard the Pod Security labels with a ValidatingAdmissionPolicy; the finding then stays, too: policies are not reckoned with here.",
  verify: "kubectl auth can-i patch namespaces -A --as=USER",
  lookFor: rightLookFor(),
  tips: ["S3", "S4"],
  frameworks: { nsa: ["RB"], mitre: ["T1562.001"], owasp: ["K02", "K04"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#namespace-modification"],
  subject: "principal",
  reads: ["roles", "bindings"],
  extraReads: ["namespaces"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck(findRelabelling, nameBoundGroups),
  remedy: takeAway,
});
