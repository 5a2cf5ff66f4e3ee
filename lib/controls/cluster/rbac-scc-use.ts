import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findConstraintDanger } from "../../graph/rbac/constraint-danger";
import { findHeldRights, type HeldRight, namesGroup, type RightsAsk } from "../../graph/rbac/held-right";
import { capabilityCheck, type RbacContext } from "../../graph/rbac/judge-capability";
import type { Grant, Principal } from "../../graph/rbac/principal";
import { takeAway } from "../../graph/rbac/take-away";
import { platformGuardView } from "../../inventory/admission/platform-guard";
import { type Context, defineView } from "../../inventory/view";
import { joinWords } from "../../model/join-words";
import { type Severity, worstSeverity } from "../../model/severity";
import { defineControl, notApplicable, unknown } from "../define";
import { rightLookFor } from "../right-look-for";

const GROUP = "security.openshift.io";
const ASKS: readonly RightsAsk[] = [{ verbs: ["use"], group: GROUP, resources: ["securitycontextconstraints"] }];

/** Those that OpenShift makes, for where they are not among the objects. With the first a pod takes over its node; with the others it is in the node's network, or root inside. */
const SEVERITIES: ReadonlyMap<string, Severity | null> = new Map([
  ["privileged", "high"],
  ["hostaccess", "high"],
  ["hostmount-anyuid", "high"],
  ["hostmount-anyuid-v2", "high"],
  ["node-exporter", "high"],
  ["machine-api-termination-handler", "high"],
  ["hostnetwork", "medium"],
  ["hostnetwork-v2", "medium"],
  ["anyuid", "medium"],
  // Root in a user namespace of its own.
  ["nested-container", null],
  ["nonroot", null],
  ["nonroot-v2", null],
  ["restricted", null],
  ["restricted-v2", null],
  ["restricted-v3", null],
]);

type Reads = RbacContext & Context<"nodes" | "customResourceDefinitions" | "securityContextConstraints">;

/** By name; null = they let nobody near the node. */
const severitiesView = defineView({
  reads: ["securityContextConstraints"],
  compute: ({ slices }): ReadonlyMap<string, Severity | null> =>
    new Map([...SEVERITIES, ...slices.securityContextConstraints.map(({ ref, body }) => [ref.name, findConstraintDanger(body)?.severity ?? null] as const)]),
});

/** Null = that cannot be told. Charts for GPUs and the like bring roles for OpenShift to every cluster. */
function isOpenShift(context: Reads): boolean | null {
  const guard = context.view(platformGuardView);
  if (guard) return !guard.isForEverybody;
  return context.isComplete && context.isRead("customResourceDefinitions") ? false : null;
}

function findUses(grants: readonly Grant[], context: Reads): readonly HeldRight[] {
  const isHere = isOpenShift(context);
  if (isHere) return findHeldRights(grants, ASKS);
  // Files with a rule that names the group are for OpenShift.
  return isHere === false || context.isComplete ? [] : findHeldRights(grants, ASKS).filter(namesGroup);
}

function rateUse(right: HeldRight, severities: ReadonlyMap<string, Severity | null>): readonly RatedRight[] {
  if (!right.isNamed) return [{ ...right, severity: "high" }];
  const severity = worstSeverity(right.grant.rule.resourceNames.flatMap((name) => severities.get(name) ?? []));
  return severity ? [{ ...right, severity }] : [];
}

/** What constraints allow that are not among the objects; of a whole cluster they are none. */
function findUnread({ grants }: Principal, context: Reads): readonly string[] {
  if (context.isComplete && context.isRead("securityContextConstraints")) return [];
  const severities = context.view(severitiesView);
  const names = findUses(grants, context).flatMap(({ grant, isNamed }) => (isNamed ? grant.rule.resourceNames : []));
  return [...new Set(names)].filter((name) => name !== "" && !severities.has(name)).sort();
}

const judge = capabilityCheck<Reads>((grants, context) => {
  const severities = context.view(severitiesView);
  return findUses(grants, context).flatMap((right) => rateUse(right, severities));
});

export default defineControl({
  id: "rbac-scc-use",
  layer: "cluster",
  severity: "high",
  title: "Few identities run pods under privileged constraints of OpenShift",
  failure: "may run pods under privileged security context constraints",
  why: "OpenShift lets a pod have what the widest of the constraints allows that its service account, or whoever makes it, may use. With `privileged`, or one that allows paths of the node, whoever makes pods for that account has the node.",
  action: "Take away rights to use privileged constraints",
  fix: "Remove the right, or name a constraint that allows no more than the program needs, such as `nonroot-v2`. Have those pods replaced at a quiet time: one that still asks for more than it may have is refused.",
  verify: "kubectl auth can-i use securitycontextconstraints.security.openshift.io/privileged -A --as=USER",
  lookFor: rightLookFor(
    "So do `hostaccess`, `hostmount-anyuid` and `node-exporter`, and less severely `hostnetwork` and `anyuid`. Constraints of your own are rated by what they allow; whom constraints list themselves, scc-lists-users judges.",
  ),
  tips: ["S3", "S4"],
  frameworks: { nsa: ["RB"], mitre: ["T1610", "T1611"], owasp: ["K02", "K04"] },
  references: [
    "https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/authentication_and_authorization/managing-pod-security-policies",
  ],
  subject: "principal",
  reads: ["roles", "bindings"],
  extraReads: ["nodes", "customResourceDefinitions", "securityContextConstraints"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: (principal, context) => {
    const outcome = judge(principal, context);
    if ("state" in outcome || outcome.length > 0) return outcome;
    const isHere = isOpenShift(context);
    if (isHere === false) return notApplicable("This is not OpenShift: there are no security context constraints.");
    const unread = findUnread(principal, context);
    if (unread.length > 0) return unknown(`It may use ${joinWords(unread, 5)}, and what those constraints allow is not read.`);
    if (findUses(principal.grants, context).length > 0) return [];
    return findHeldRights(principal.grants, ASKS).length > 0
      ? unknown("On OpenShift it may use constraints, and whether this is OpenShift cannot be told.")
      : notApplicable("It may use no security context constraints by its own bindings.");
  },
  remedy: takeAway,
});
