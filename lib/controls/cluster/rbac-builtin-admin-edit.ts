import type { Grant, Principal } from "../../graph/rbac/principal";
import { powerView } from "../../graph/rbac/power";
import { listBoundEntries } from "../../graph/rbac/rbac-index";
import { dropSubjects } from "../../graph/rbac/take-away";
import { accountNameOf, findToken, serviceAccountsView } from "../../inventory/workloads/service-account-token";
import { namespaceWorkloadsView } from "../../inventory/workloads/namespace-workloads";
import type { Context } from "../../inventory/view";
import { resourceKey } from "../../model/resource-ref";
import type { Severity } from "../../model/severity";
import { bindingsCommand } from "../bindings-command";
import { defineControl, type Weakness, weakness } from "../define";

type Reads = Context<"roles" | "bindings" | "workloads" | "serviceAccounts">;
type Entry = Pick<Grant, "binding" | "subjectIndex" | "role" | "namespace">;

/** A running root of the namespace that mounts the token of this account: one stolen pod is the namespace. */
function mountsToken({ identity }: Principal, namespace: string, context: Reads): boolean {
  if (identity.kind !== "ServiceAccount" || identity.namespace !== namespace) return false;
  const account = context.view(serviceAccountsView).get(`${namespace}/${identity.name}`);
  const workloads = context.view(namespaceWorkloadsView).get(namespace) ?? [];
  const own = workloads.filter((workload) => workload.serviceAccountNames.includes(identity.name));
  return own.some((workload) =>
    workload.views().some((pod) => accountNameOf(pod) === identity.name && findToken(workload, pod, account, context.isComplete).isMounted === true),
  );
}

function rateEntry(entry: Entry, principal: Principal, context: Reads): Severity | null {
  if (entry.namespace === null) return "high";
  if (context.view(powerView).isPrivileged(entry.namespace)) return "critical";
  return mountsToken(principal, entry.namespace, context) ? "medium" : null;
}

/** Bindings count whether or not their role was read: what the shipped roles give is known. */
function listEntries(principal: Principal, context: Reads): readonly Entry[] {
  const entries = listBoundEntries(principal.identity, context);
  return entries
    .filter(({ binding }) => (binding.namespace === null) === (principal.reach === "cluster"))
    .filter(({ binding }) => binding.roleRef.kind === "ClusterRole" && (binding.roleRef.name === "admin" || binding.roleRef.name === "edit"))
    .map(({ binding, subjectIndex }) => ({ binding: binding.object.ref, subjectIndex, role: binding.roleRef, namespace: binding.namespace }));
}

export default defineControl({
  id: "rbac-builtin-admin-edit",
  layer: "cluster",
  severity: "high",
  maxSeverity: "critical",
  title: "The built-in roles admin and edit are bound in ordinary namespaces only",
  failure: "holds the built-in role admin or edit too widely",
  why: "admin and edit may read Secrets, execute in pods and act as every service account of a namespace. In kube-system, or in the whole cluster, that leads to the whole cluster in two steps. Bound to the account of a workload, they give away the namespace as soon as one of its pods is compromised.",
  action: "Bind admin and edit in ordinary namespaces only",
  fix: "Replace a ClusterRoleBinding with RoleBindings in the namespaces that need it. Write a narrower Role for service accounts.",
  verify: bindingsCommand('.roleRef.name == "admin" or .roleRef.name == "edit"'),
  lookFor: "A ClusterRoleBinding, a RoleBinding in a namespace of the platform, or one to the service account of a workload.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.2", "5.1.4"], nsa: ["RB"], mitre: ["T1078", "T1098.006"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles"],
  subject: "principal",
  reads: ["roles", "bindings", "workloads", "serviceAccounts"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: (principal, context) => {
    const held = listEntries(principal, context).map((entry) => ({ entry, severity: rateEntry(entry, principal, context) }));
    const toWeakness = ({ entry, severity }: (typeof held)[number]): Weakness => {
      const where = entry.namespace === null ? "in the whole cluster" : `in namespace ${entry.namespace}`;
      const message = `${entry.binding.kind} ${entry.binding.name} gives it the built-in role ${entry.role.name} ${where}.`;
      return weakness(`subjects[${entry.subjectIndex}]`, entry.role.name, message, {
        object: entry.binding,
        on: entry.namespace ?? "",
        hint: entry,
        ...(severity && { severity }),
      });
    };
    const wide = held.filter(({ severity }) => severity !== null);
    return wide.length > 0 || held.length === 0 ? wide.map(toWeakness) : { state: "pass", notes: held.map(toWeakness) };
  },
  remedy: (_principal, weaknesses, context) => {
    const entries = weaknesses.map((w) => w.hint as Entry); // safe: each weakness of this control carries its entry
    return dropSubjects([...new Map(entries.map((entry) => [`${resourceKey(entry.binding)} ${entry.subjectIndex}`, entry])).values()], context);
  },
});
