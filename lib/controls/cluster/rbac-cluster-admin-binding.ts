import { describeIdentity, isMasters, toIdentity } from "../../graph/rbac/identity";
import { powerView } from "../../graph/rbac/power";
import { dropFoundSubjects } from "../../graph/rbac/take-away";
import { list, record } from "../../model/json";
import { bindingsCommand } from "../bindings-command";
import { defineControl, weakness } from "../define";

export default defineControl({
  id: "rbac-cluster-admin-binding",
  layer: "cluster",
  severity: "critical",
  title: "Only the built-in group system:masters is bound to cluster-admin",
  failure: "gives cluster-admin to its subjects",
  why: "cluster-admin can do anything to any object and can grant that power to others. Anyone who takes over one of these identities owns the cluster, or one whole namespace if a RoleBinding grants it.",
  action: "Take cluster-admin away from its subjects",
  fix: "Bind a role that has only the rights the work needs, in the namespaces that need it. Make sure that somebody else can still administer the cluster. For emergencies, use a temporary binding or logged impersonation.",
  verify: bindingsCommand('.roleRef.name == "cluster-admin"'),
  lookFor: "Each binding listed counts, except `cluster-admin` to `system:masters`, which Kubernetes ships.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.1"], nsa: ["RB"], mitre: ["T1078.003", "T1098.006"], mstm: ["MS-TA9019"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles"],
  subject: "binding",
  reads: ["roles", "bindings"],
  check: (binding, context) => {
    const { kind, name } = record(binding.body.roleRef);
    if (kind !== "ClusterRole" || name !== "cluster-admin") return [];
    const namespace = binding.ref.kind === "ClusterRoleBinding" ? null : binding.ref.namespace;
    // Who rules such a namespace acts as accounts that rule the cluster.
    const isWhole = namespace === null || context.view(powerView).isPrivileged(namespace);
    const subjects = list(binding.body.subjects);
    if (subjects.length === 0) return { state: "pass", notes: [weakness("subjects", undefined, "It is bound to cluster-admin, but binds nobody.")] };
    return subjects.flatMap((item, index) => {
      const identity = toIdentity(record(item), namespace);
      if (!identity || isMasters(identity)) return [];
      const where = namespace === null ? "the whole cluster" : `everything in namespace ${namespace}`;
      const message = `The ${describeIdentity(identity)} controls ${where} as cluster-admin.`;
      return [weakness(`subjects[${index}]`, item, message, { severity: isWhole ? "critical" : "high", hint: index })];
    });
  },
  remedy: dropFoundSubjects,
});
