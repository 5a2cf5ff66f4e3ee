import { findBindingPower } from "../../graph/rbac/binding-power";
import { toIdentity } from "../../graph/rbac/identity";
import { dropSubjects } from "../../graph/rbac/take-away";
import { list, record } from "../../model/json";
import { subjectsCommand } from "../bindings-command";
import { defineControl, weakness } from "../define";

const NAMESPACE_GROUP = "system:serviceaccounts:";

export default defineControl({
  id: "default-sa-privileged",
  layer: "cluster",
  severity: "high",
  title: "Default service accounts have no rights",
  failure: "gives rights to a default service account",
  why: "Every pod of the namespace that names no account inherits these rights, whoever wrote it.",
  action: "Take rights from default service accounts",
  fix: "Remove the default service account from `subjects`, make a service account for the workload that needs the role, and bind the role to that.",
  verify: subjectsCommand(
    '(.kind == "ServiceAccount" and .name == "default") or (.name | test("^system:serviceaccounts:|^system:serviceaccount:[^:]*:default$"))',
  ),
  lookFor: "A binding that names a service account `default`, or the group of all accounts of a namespace.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.5"], nsa: ["SA", "RB"], mitre: ["T1078.001"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts"],
  subject: "binding",
  reads: ["roles", "bindings"],
  check: (binding, context) => {
    const namespace = binding.ref.kind === "ClusterRoleBinding" ? null : binding.ref.namespace;
    return list(binding.body.subjects).flatMap((item, index) => {
      const identity = toIdentity(record(item), namespace);
      const isDefault = identity?.kind === "ServiceAccount" && identity.name === "default";
      const isWholeNamespace = identity?.kind === "Group" && identity.name.startsWith(NAMESPACE_GROUP) && identity.name.length > NAMESPACE_GROUP.length;
      if (!identity || !(isDefault || isWholeNamespace)) return [];
      const severity = findBindingPower(binding, context) >= 5 ? "medium" : "high";
      const role = String(record(binding.body.roleRef).name);
      const who = isDefault
        ? `Every pod in ${identity.namespace} without an account of its own`
        : `Every pod in ${identity.name.slice(NAMESPACE_GROUP.length)}`;
      return [weakness(`subjects[${index}]`, item, `${who} has the role ${role}.`, { severity, hint: index })];
    });
  },
  remedy: (binding, weaknesses, context) =>
    dropSubjects(
      weaknesses.map((w) => ({ binding: binding.ref, subjectIndex: Number(w.hint) })),
      context,
    ),
});
