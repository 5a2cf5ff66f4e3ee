import { findHeldRights, type HeldRight, namesGroup } from "../../graph/rbac/held-right";
import { identityKey } from "../../graph/rbac/identity";
import { capabilityCheck, type RbacContext } from "../../graph/rbac/judge-capability";
import { powerView } from "../../graph/rbac/power";
import type { Holding, Principal } from "../../graph/rbac/principal";
import { ASKS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import type { Severity } from "../../model/severity";
import { defineControl } from "../define";
import { NARROWED_RIGHT } from "../narrowed-right";
import { rightLookFor } from "../right-look-for";

function isItself({ identity }: Principal, namespace: string, name: string): boolean {
  return identity.kind === "ServiceAccount" && identity.namespace === namespace && identity.name === name;
}

const namedInside = new WeakMap<Holding, ReadonlySet<string>>();

/** The accounts that rules for their own namespace name: looked for once for all who hold the same, who may be thousands. */
function listNamedInside(principal: Principal): ReadonlySet<string> {
  let named = namedInside.get(principal.holding);
  if (!named) {
    const inside = findHeldRights(principal.grants, ASKS.tokenRequest).flatMap(({ grant: { namespace, rule } }) =>
      namespace === null ? [] : rule.resourceNames.map((name) => identityKey({ kind: "ServiceAccount", namespace, name })),
    );
    namedInside.set(principal.holding, (named = new Set(inside)));
  }
  return named;
}

/** What a rule that names the account itself says of it depends on who it is: a token of one's own gives no more than one has. */
function nameSelf(principal: Principal): string {
  const key = identityKey(principal.identity);
  return listNamedInside(principal).has(key) ? key : "";
}

/** Worst where a stronger account can be had; named accounts count by themselves. */
function rateToken(right: HeldRight, principal: Principal, context: RbacContext): Severity {
  const power = context.view(powerView);
  const { namespace, rule } = right.grant;
  if (right.isNamed) {
    const names = rule.resourceNames.filter((name) => namespace === null || !isItself(principal, namespace, name));
    if (names.length === 0) return "low";
    const strongest =
      namespace === null ? power.strongestNamed(names) : Math.min(...names.map((name) => power.classOf({ kind: "ServiceAccount", namespace, name })));
    return strongest === 1 ? "critical" : strongest < power.classOf(principal.identity) || strongest === 2 ? "high" : "medium";
  }
  if (namespace === null || power.isPrivileged(namespace)) return "critical";
  const strongest = power.strongestIn(namespace);
  return strongest < power.classOf(principal.identity) || strongest === 2 ? "high" : "medium";
}

export default defineControl({
  id: "rbac-token-request",
  layer: "cluster",
  severity: "high",
  maxSeverity: "critical",
  title: "Few identities make tokens of service accounts",
  failure: "can make tokens of service accounts",
  why: "Whoever may request tokens of a service account has all its rights, from anywhere, for as long as the requested token lives. External Secrets makes one of the account that a store names, and sends it to the server that the store names.",
  action: "Narrow who may make tokens of service accounts",
  fix: `Name the service accounts with \`resourceNames\` (create on a subresource can be limited by name), or remove the right. ${NARROWED_RIGHT}`,
  verify: "kubectl auth can-i create serviceaccounts --subresource=token -A --as=USER",
  lookFor: rightLookFor("Rights to create or change SecretStores and ClusterSecretStores of External Secrets count too."),
  tips: ["S3"],
  frameworks: { cis: ["5.1.13"], nsa: ["RB", "SA"], mitre: ["T1528"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request"],
  subject: "principal",
  reads: ["roles", "bindings"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck(
    (grants, context, principal) => [
      ...findHeldRights(grants, ASKS.tokenRequest).map((right) => ({ ...right, severity: rateToken(right, principal, context) })),
      // Also a store that a rule names may name any account.
      ...findHeldRights(grants, ASKS.storeWrite)
        .filter(namesGroup)
        .map((right) => ({ ...right, severity: rateToken({ ...right, isNamed: false }, principal, context) })),
    ],
    (principal, context) => `${context.view(powerView).classOf(principal.identity)} ${nameSelf(principal)}`,
  ),
  remedy: takeAway,
});
