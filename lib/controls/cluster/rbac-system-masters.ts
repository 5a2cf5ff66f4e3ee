import { dropFoundSubjects } from "../../graph/rbac/take-away";
import { list, record } from "../../model/json";
import { subjectsCommand } from "../bindings-command";
import { defineControl, weakness } from "../define";

export default defineControl({
  id: "rbac-system-masters",
  layer: "cluster",
  severity: "high",
  title: "No binding of yours names the group system:masters",
  failure: "binds the group system:masters",
  why: "Members of system:masters are let through before RBAC or an authorisation webhook is asked, and the group cannot be taken from them: it is in their certificate. A binding that names it hints that somebody works with such a certificate. Certificates are not in the API, so a pass does not mean that nobody has one.",
  action: "Delete bindings of system:masters",
  fix: "Delete the binding. Issue certificates for administrators with another group and bind that to cluster-admin: then the right can be withdrawn.",
  verify: subjectsCommand('.name == "system:masters"'),
  lookFor: "Each binding listed counts, except the ClusterRoleBinding `cluster-admin`, which Kubernetes ships.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.7"], nsa: ["AU", "RB"], mitre: ["T1078.003"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege"],
  subject: "binding",
  reads: ["roles", "bindings"],
  check: (binding) => {
    const isShipped =
      binding.ref.kind === "ClusterRoleBinding" && binding.ref.name === "cluster-admin" && record(binding.body.roleRef).name === "cluster-admin";
    if (isShipped) return [];
    return list(binding.body.subjects).flatMap((item, index) => {
      const { kind, name } = record(item);
      if (kind !== "Group" || name !== "system:masters") return [];
      return [weakness(`subjects[${index}]`, item, "The group system:masters is bound here, though it needs no binding.", { hint: index })];
    });
  },
  remedy: dropFoundSubjects,
});
