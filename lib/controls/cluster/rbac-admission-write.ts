import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights, findNamedRights, type HeldRight, listNamed, type RightsAsk } from "../../graph/rbac/held-right";
import { capabilityCheck } from "../../graph/rbac/judge-capability";
import type { Grant } from "../../graph/rbac/principal";
import { CHANGE_VERBS, MUTATING_POLICIES } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { toPart } from "../../model/clause-part";
import type { Severity } from "../../model/severity";
import { defineControl } from "../define";
import { NARROWED_RIGHT } from "../narrowed-right";
import { rightLookFor } from "../right-look-for";

const GROUP = "admissionregistration.k8s.io";
const MUTATING = ["mutatingwebhookconfigurations", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings"];
const VALIDATING = ["validatingwebhookconfigurations", "validatingadmissionpolicies", "validatingadmissionpolicybindings"];
const CLUSTER_ASKS: readonly RightsAsk[] = [
  { verbs: CHANGE_VERBS, group: GROUP, resources: [...MUTATING, ...VALIDATING] },
  { verbs: CHANGE_VERBS, group: "kyverno.io", resources: ["clusterpolicies", "clustercleanuppolicies"] },
  {
    verbs: CHANGE_VERBS,
    group: "policies.kyverno.io",
    resources: ["validatingpolicies", "mutatingpolicies", "imagevalidatingpolicies", "generatingpolicies", "deletingpolicies"],
  },
  { verbs: CHANGE_VERBS, group: "templates.gatekeeper.sh", resources: ["constrainttemplates"] },
  // What it names, the webhook of Gatekeeper lets through.
  { verbs: CHANGE_VERBS, group: "config.gatekeeper.sh", resources: ["configs"] },
  { verbs: CHANGE_VERBS, group: "policy.sigstore.dev", resources: ["clusterimagepolicies"] },
  { verbs: CHANGE_VERBS, group: "policies.kubewarden.io", resources: ["clusteradmissionpolicies", "clusteradmissionpolicygroups", "policyservers"] },
  // They say who may run privileged pods, by name.
  { verbs: CHANGE_VERBS, group: "security.openshift.io", resources: ["securitycontextconstraints"] },
  // Containers of somebody's own in other people's pods.
  { verbs: CHANGE_VERBS, group: "apps.kruise.io", resources: ["sidecarsets"] },
  { verbs: CHANGE_VERBS, group: "mutations.gatekeeper.sh", resources: ["assign", "assignmetadata", "modifyset", "assignimage"] },
];
const NAMESPACED_ASKS: readonly RightsAsk[] = [
  { verbs: CHANGE_VERBS, group: "policies.kubewarden.io", resources: ["admissionpolicies", "admissionpolicygroups"] },
  { verbs: CHANGE_VERBS, group: "kyverno.io", resources: ["policies", "cleanuppolicies", "policyexceptions"] },
  {
    verbs: CHANGE_VERBS,
    group: "policies.kyverno.io",
    resources: [
      "namespacedvalidatingpolicies",
      "namespacedmutatingpolicies",
      "namespacedimagevalidatingpolicies",
      "namespacedgeneratingpolicies",
      "namespaceddeletingpolicies",
      "policyexceptions",
    ],
  },
];
const REWRITING = new Set([...MUTATING, ...MUTATING_POLICIES.flatMap(({ group, resources }) => resources.map((resource) => `${resource}.${group}`))]);
const LOWER: Partial<Record<Severity, Severity>> = { critical: "high", high: "medium", medium: "low" };

/** An object that names webhooks, and not one that an engine or the API server checks by itself. */
function isWebhook({ ask }: HeldRight): boolean {
  return ask.resource.endsWith("webhookconfigurations");
}

function rateAdmission(right: HeldRight): RatedRight {
  const { resource, group } = right.ask;
  const rewrites = REWRITING.has(group === GROUP ? resource : `${resource}.${group}`);
  const severity: Severity = right.ask.verb.startsWith("delete") ? "medium" : rewrites ? "critical" : "high";
  return {
    ...right,
    severity: right.isNamed ? (LOWER[severity] ?? severity) : severity,
    part: toPart("admission", isWebhook(right) ? "webhooks" : "policies"),
  };
}

/** Every constraint template makes a kind of its own; what the rules name is asked for. */
function findConstraintWrites(grants: readonly Grant[]): readonly HeldRight[] {
  const group = "constraints.gatekeeper.sh";
  const kinds = [...listNamed(grants, group)].filter((resource) => !resource.includes("/"));
  return findNamedRights(grants, CHANGE_VERBS, group, new Set(kinds));
}

function findAdmission(grants: readonly Grant[]): readonly RatedRight[] {
  const clusterWide = grants.filter((grant) => grant.namespace === null);
  const found = [...findHeldRights(clusterWide, CLUSTER_ASKS), ...findConstraintWrites(clusterWide), ...findHeldRights(grants, NAMESPACED_ASKS)];
  return [...found.filter(isWebhook), ...found.filter((right) => !isWebhook(right))].map(rateAdmission);
}

export default defineControl({
  id: "rbac-admission-write",
  layer: "cluster",
  severity: "high",
  maxSeverity: "critical",
  title: "Few identities change admission webhooks and policies",
  failure: "can change what admission checks or rewrites",
  why: "A mutating webhook sees and rewrites every object that is written, Secrets and pods included. Removing a validating one switches off what it enforced.",
  action: "Take away rights to change webhooks and policies",
  fix: `Limit the rights to the operator's own configurations with \`resourceNames\`. ${NARROWED_RIGHT}`,
  verify: "kubectl auth can-i update mutatingwebhookconfigurations -A --as=USER",
  lookFor: rightLookFor("The same right on validating webhooks and on admission policies counts too."),
  tips: ["S3"],
  frameworks: { cis: ["5.1.12"], nsa: ["RB"], mitre: ["T1546", "T1562.001", "T1556"], mstm: ["MS-TA9015"], owasp: ["K02", "K04"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#control-admission-webhooks"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck(findAdmission),
  remedy: takeAway,
});
