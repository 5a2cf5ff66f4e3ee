import { listAggregationSelectors } from "../../graph/rbac/aggregation";
import { toPolicyRules } from "../../graph/rbac/policy-rules";
import type { PolicyRule } from "../../graph/rbac/principal";
import { isRoleBound, rbacIndexView } from "../../graph/rbac/rbac-index";
import { isShippedDefault } from "../../inventory/shipped-rbac";
import type { Severity } from "../../model/severity";
import { defineControl, notApplicable, type Weakness, weakness } from "../define";

const READS = new Set(["get", "list", "watch"]);
/** Of all kinds at once, these subresources give more than a look. */
const POWERFUL = new Set(["*/exec", "*/token", "*/approval", "*/proxy", "*/attach", "*/ephemeralcontainers"]);

function rateResources(rule: PolicyRule): Severity {
  const isWide = rule.apiGroups.includes("") || rule.apiGroups.includes("*");
  return isWide && rule.verbs.some((verb) => !READS.has(verb)) ? "high" : "medium";
}

function findWildcards(rule: PolicyRule, index: number, isBound: boolean): readonly Weakness[] {
  const found: Weakness[] = [];
  const note = isBound ? "" : " Nothing binds the role yet.";
  const add = (field: "verbs" | "resources" | "apiGroups" | "nonResourceURLs", severity: Severity, what: string) =>
    found.push(weakness(`rules[${index}].${field}`, rule[field], `The rule names ${what}.${note}`, { severity: isBound ? severity : "low" }));
  if (rule.resources.length > 0) {
    if (rule.verbs.includes("*")) add("verbs", "medium", "every verb, also those added later");
    if (rule.resources.includes("*"))
      add("resources", rateResources(rule), rule.apiGroups.includes("*") ? "every resource" : "every resource of its API groups");
    else if (rule.resources.some((resource) => POWERFUL.has(resource))) add("resources", "medium", "a powerful subresource of every kind");
    if (rule.apiGroups.includes("*")) add("apiGroups", "medium", "every API group");
  }
  if (rule.nonResourceURLs.some((url) => url === "*" || url === "/*") && rule.verbs.some((verb) => verb !== "get"))
    add("nonResourceURLs", "medium", "every path outside resources");
  return found;
}

export default defineControl({
  id: "rbac-wildcard-rule",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "Roles name what they allow",
  failure: "allows more than it names, by wildcards",
  why: "A wildcard covers what its author had in mind and everything else: Secrets, subresources such as exec and token, and kinds that are installed next year.",
  action: "Name what roles allow, without wildcards",
  fix: "List the verbs, resources and API groups that are used. The audit log, or the documentation of the component, says which these are.",
  verify:
    'kubectl get clusterroles,roles -A -o json | jq -r \'.items[] | select(.metadata.labels["kubernetes.io/bootstrapping"] != "rbac-defaults") | . as $r | .rules[]? | select([.verbs[]?, .resources[]?, .apiGroups[]?, .nonResourceURLs[]?] | any(. == "*" or . == "/*" or startswith("*/"))) | "\\($r.kind) \\($r.metadata.namespace // "-")/\\($r.metadata.name) \\(tojson)"\'',
  lookFor: "Each role, except those that Kubernetes ships, with the rule that has a star. No output: no role has one.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.3"], nsa: ["RB"], mitre: ["T1098.006"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege"],
  subject: "role",
  reads: ["roles", "bindings"],
  check: (role, context) => {
    if (isShippedDefault(role.ref, role.body)) return notApplicable("The API server ships this role, and it is unchanged.");
    if (listAggregationSelectors(role).length > 0) return notApplicable("Its rules come from other roles, which are judged themselves.");
    const isBound = !context.isComplete || isRoleBound(role, context.view(rbacIndexView));
    return toPolicyRules(role.body).flatMap((rule, index) => findWildcards(rule, index, isBound));
  },
  remedy: null,
});
