import { findBindingPower, listBoundRules } from "../../graph/rbac/binding-power";
import { toIdentity } from "../../graph/rbac/identity";
import type { RbacContext } from "../../graph/rbac/judge-capability";
import { dropFoundSubjects } from "../../graph/rbac/take-away";
import type { KubeObject } from "../../inventory/kube-object";
import { list, record } from "../../model/json";
import { subjectsCommand } from "../bindings-command";
import { defineControl, weakness } from "../define";

const NAMESPACE_GROUP = "system:serviceaccounts:";

/** What OpenShift gives to the accounts of each project, and puts back: to pull the images that are kept under its own name. */
function isForOwnImages(binding: KubeObject, context: RbacContext): boolean {
  const { kind, name } = record(binding.body.roleRef);
  if (kind !== "ClusterRole" || name !== "system:image-puller" || binding.ref.namespace === null) return false;
  const rules = listBoundRules(binding, context) ?? [];
  return (
    rules.length > 0 &&
    rules.every(
      ({ verbs, resources, nonResourceURLs }) =>
        nonResourceURLs.length === 0 && verbs.every((verb) => verb === "get") && resources.every((resource) => resource === "imagestreams/layers"),
    )
  );
}

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
  lookFor:
    "A binding that names a service account `default`, or the group of all accounts of a namespace. The role `system:image-puller` of OpenShift for all accounts of its own namespace is no finding.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.5"], nsa: ["SA", "RB"], mitre: ["T1078.001"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts"],
  subject: "binding",
  reads: ["roles", "bindings"],
  check: (binding, context) => {
    const namespace = binding.ref.kind === "ClusterRoleBinding" ? null : binding.ref.namespace;
    const found = list(binding.body.subjects).flatMap((item, index) => {
      const identity = toIdentity(record(item), namespace);
      const isDefault = identity?.kind === "ServiceAccount" && identity.name === "default";
      const isWholeNamespace = identity?.kind === "Group" && identity.name.startsWith(NAMESPACE_GROUP) && identity.name.length > NAMESPACE_GROUP.length;
      if (!identity || !(isDefault || isWholeNamespace)) return [];
      const severity = findBindingPower(binding, context) >= 5 ? "medium" : "high";
      const role = String(record(binding.body.roleRef).name);
      const who = isDefault
        ? `Every pod in ${identity.namespace} without an account of its own`
        : `Every pod in ${identity.name.slice(NAMESPACE_GROUP.length)}`;
      const isOwn = isWholeNamespace && identity.name.slice(NAMESPACE_GROUP.length) === namespace;
      return [{ isOwn, said: weakness(`subjects[${index}]`, item, `${who} has the role ${role}.`, { severity, hint: index }) }];
    });
    if (found.length > 0 && found.every(({ isOwn }) => isOwn) && isForOwnImages(binding, context))
      return { state: "pass", notes: found.map(({ said }) => ({ ...said, message: `${said.message} OpenShift gives it for images of the project itself.` })) };
    return found.map(({ said }) => said);
  },
  remedy: dropFoundSubjects,
});
