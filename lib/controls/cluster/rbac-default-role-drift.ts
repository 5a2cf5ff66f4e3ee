import { findBinding, findBindingPower } from "../../graph/rbac/binding-power";
import { dropFoundSubjects } from "../../graph/rbac/take-away";
import type { KubeObject } from "../../inventory/kube-object";
import { hasShippedName, isShippedDefault, listShippedSubjects, toSubjectText } from "../../inventory/shipped-rbac";
import { list, record } from "../../model/json";
import { defineControl, notApplicable, weakness } from "../define";
import { set } from "../remedies/ops";

const AUTOUPDATE = 'metadata.annotations["rbac.authorization.kubernetes.io/autoupdate"]';

function isUnrepaired({ annotations }: KubeObject): boolean {
  return annotations["rbac.authorization.kubernetes.io/autoupdate"] === "false";
}

export default defineControl({
  id: "rbac-default-role-drift",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "The bindings that Kubernetes ships are unchanged",
  failure: "is changed from what Kubernetes ships",
  why: "At every start the API server restores what is missing in its own bindings, but keeps what was added. A subject added to one of them looks like part of the system, and reviews that skip names with system: miss it.",
  action: "Restore the bindings that Kubernetes ships",
  fix: 'Remove the added subject, and set the annotation `rbac.authorization.kubernetes.io/autoupdate` to "true".',
  verify:
    "kubectl get clusterrolebindings,rolebindings,clusterroles,roles -A -l kubernetes.io/bootstrapping=rbac-defaults -o custom-columns='KIND:.kind,NAME:.metadata.name,ROLE:.roleRef.name,SUBJECTS:.subjects[*].name,AUTOUPDATE:.metadata.annotations.rbac\\.authorization\\.kubernetes\\.io/autoupdate'",
  lookFor:
    "A subject or a ROLE that does not fit the name of its binding was put there. Anything but `true` under AUTOUPDATE keeps the API server from restoring what is missing, in a binding or in its role.",
  tips: ["S3", "S1"],
  frameworks: { nsa: ["RB", "CP"], mitre: ["T1098.006"], owasp: ["K02", "K07"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#auto-reconciliation"],
  subject: "binding",
  reads: ["roles", "bindings"],
  check: (binding, context) => {
    if (!hasShippedName(binding.ref, binding.body)) return notApplicable("Kubernetes does not ship this binding.");
    const shipped = listShippedSubjects(binding.ref) ?? [];
    const extra = list(binding.body.subjects).flatMap((item, index) => {
      if (shipped.includes(toSubjectText(record(item)))) return [];
      const severity = findBindingPower(binding, context) <= 3 ? "high" : "medium";
      return [weakness(`subjects[${index}]`, item, `${toSubjectText(record(item))} was added to a binding that Kubernetes ships.`, { severity, hint: index })];
    });
    const isOther = extra.length === 0 && !isShippedDefault(binding.ref, binding.body);
    const role = findBinding(binding, context)?.role?.object;
    const isRoleFrozen = role !== undefined && hasShippedName(role.ref, role.body) && isUnrepaired(role);
    return [
      ...extra,
      ...(isRoleFrozen
        ? [
            weakness(AUTOUPDATE, "false", `The API server no longer repairs the ClusterRole ${role.ref.name} at its start.`, {
              object: role.ref,
              hint: "role-frozen",
            }),
          ]
        : []),
      ...(isUnrepaired(binding) ? [weakness(AUTOUPDATE, "false", "The API server no longer repairs this binding at its start.", { hint: "frozen" })] : []),
      ...(isOther
        ? [
            weakness("roleRef", record(binding.body.roleRef).name, "The binding refers to another role than the one that Kubernetes ships.", {
              severity: "high",
              hint: "role",
            }),
          ]
        : []),
    ];
  },
  remedy: (binding, weaknesses, context) => {
    if (weaknesses.some((w) => w.hint === "role")) return null;
    const ofSubjects = weaknesses.filter((w) => typeof w.hint === "number");
    const dropped = dropFoundSubjects(binding, ofSubjects, context);
    const thaw = weaknesses.some((w) => w.hint === "frozen") ? [set(AUTOUPDATE, "true")] : [];
    const frozenRole = weaknesses.find((w) => w.hint === "role-frozen")?.object;
    if (frozenRole) return weaknesses.length > 1 ? null : { target: frozenRole, ops: [set(AUTOUPDATE, "true")], risk: "may-break" };
    if (dropped?.remove && dropped.ops.length === 0) return dropped;
    return { ops: [...thaw, ...(dropped?.ops ?? [])], risk: "may-break" };
  },
});
