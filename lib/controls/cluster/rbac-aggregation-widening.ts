import { findHeldRights, type RightsAsk } from "../../graph/rbac/held-right";
import { listAggregationSelectors } from "../../graph/rbac/aggregation";
import { toPolicyRules } from "../../graph/rbac/policy-rules";
import type { Grant } from "../../graph/rbac/principal";
import { rbacIndexView, roleKey } from "../../graph/rbac/rbac-index";
import { ASKS, WRITE_VERBS } from "../../graph/rbac/rights-asks";
import type { KubeObject } from "../../inventory/kube-object";
import { isShippedDefault } from "../../inventory/shipped-rbac";
import type { Context } from "../../inventory/view";
import { defineControl, notApplicable, type Weakness, weakness } from "../define";
import { remove } from "../remedies/ops";

/** Whatever is more than a look, the verbs that RBAC has of its own included. */
const WRITES = ["create", "update", "patch", "delete", "deletecollection", "impersonate", "bind", "escalate", "approve", "sign", "*"];
const PREFIX = "rbac.authorization.k8s.io/aggregate-to-";
const SENSITIVE: readonly RightsAsk[] = [
  ...ASKS.secretRead,
  { verbs: ["get", "create"], group: "", resources: ["pods/exec", "pods/attach", "serviceaccounts/token", "nodes/proxy"] },
];
const POWERFUL: readonly RightsAsk[] = [
  ...ASKS.escalate,
  ...ASKS.bind,
  ...ASKS.impersonateUsers,
  ...ASKS.impersonateGroups,
  ...ASKS.nodeProxy,
  ...ASKS.csrApproval,
  ...ASKS.mutateAdmission,
  ...ASKS.validateAdmission,
  { verbs: WRITE_VERBS, group: "rbac.authorization.k8s.io", resources: ["clusterroles", "clusterrolebindings"] },
];

/** The shipped role edit writes neither: admin does. */
const LOCAL_ROLES: readonly RightsAsk[] = [{ verbs: WRITE_VERBS, group: "rbac.authorization.k8s.io", resources: ["roles", "rolebindings"] }];

const toKey = (name: string): string => roleKey({ kind: "ClusterRole", namespace: null, name });

/** The shipped roles that take this role's rules, through one another: view goes into edit, edit into admin. */
function listTargets(role: KubeObject, context: Context<"roles" | "bindings">): readonly string[] {
  const { sources } = context.view(rbacIndexView);
  const takes = (name: string) => name !== role.ref.name && sources.get(toKey(name))?.includes(roleKey(role.ref)) === true;
  return ["view", "edit", "admin"].filter((name) => role.labels[`${PREFIX}${name}`] === "true" || takes(name));
}

function findWidening(role: KubeObject, target: string, isBoundToGroup: boolean): readonly Weakness[] {
  const rules = toPolicyRules(role.body);
  return rules.flatMap((rule, index) => {
    const grant: Grant = { binding: role.ref, subjectIndex: 0, role: role.ref, ruleIndex: index, rule, namespace: null };
    const asks = target === "view" ? SENSITIVE : target === "edit" ? [...POWERFUL, ...LOCAL_ROLES] : POWERFUL;
    const held = findHeldRights([grant], asks).map((right) => `${right.ask.verb} on ${right.ask.resource}`);
    const writes = target === "view" ? rule.verbs.filter((verb) => WRITES.includes(verb)) : [];
    if (held.length === 0 && writes.length === 0) return [];
    const what = [...new Set([...held, ...writes])].join(", ");
    const severity = isBoundToGroup ? "high" : "medium";
    return [
      weakness(`rules[${index}]`, { verbs: rule.verbs, resources: rule.resources }, `The rule adds ${what} to the role ${target}.`, { severity, hint: target }),
    ];
  });
}

export default defineControl({
  id: "rbac-aggregation-widening",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "Built-in roles are not widened by aggregation",
  failure: "widens a built-in role by aggregation",
  why: "A label on a ClusterRole is enough to add its rules to view, edit or admin. Everybody who was given view then holds more than was meant, and no binding shows it.",
  action: "Take added rules out of built-in roles",
  fix: "Remove the aggregation label from the role, or the rule that it should not add.",
  verify: "kubectl get clusterrole/NAME -o yaml",
  lookFor: "A label such as `rbac.authorization.k8s.io/aggregate-to-view`: the rules of this role are added to view.",
  tips: ["S3"],
  frameworks: { nsa: ["RB"], mitre: ["T1098.006"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles"],
  subject: "role",
  reads: ["roles", "bindings"],
  check: (role, context) => {
    if (role.ref.kind !== "ClusterRole" || isShippedDefault(role.ref, role.body)) return notApplicable("It is a Role, or the API server ships it.");
    const targets = listTargets(role, context);
    if (targets.length === 0 || listAggregationSelectors(role).length > 0) return [];
    return targets.flatMap((target) => {
      const bindings = context.view(rbacIndexView).bindingsOf.get(toKey(target)) ?? [];
      return findWidening(
        role,
        target,
        bindings.some((binding) => binding.identities.some((identity) => identity?.kind === "Group")),
      );
    });
  },
  remedy: (_role, weaknesses) => {
    const targets = [...new Set(weaknesses.map((w) => String(w.hint)))];
    return {
      ops: targets.map((target) => remove(`metadata.labels["${PREFIX}${target}"]`)),
      risk: "may-break",
      note: "Those who used the right through the shipped role need a binding of their own.",
    };
  },
});
