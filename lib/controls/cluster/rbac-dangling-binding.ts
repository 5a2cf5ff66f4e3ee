import { findBinding, findBindingPower } from "../../graph/rbac/binding-power";
import { dropFoundSubjects } from "../../graph/rbac/take-away";
import { serviceAccountsView } from "../../inventory/workloads/service-account-token";
import { isShippedAccount, isShippedRoleName } from "../../inventory/shipped-rbac";
import { defineView } from "../../inventory/view";
import { list, record } from "../../model/json";
import { defineControl, type Weakness, weakness } from "../define";

/** Each namespace has its account default, also where no manifest lists it, and every cluster these two. */
const homesView = defineView({
  reads: ["namespaces"],
  compute: ({ slices }): ReadonlySet<string | null> => new Set(["default", "kube-system", ...slices.namespaces.map(({ ref }) => ref.name)]),
});

export default defineControl({
  id: "rbac-dangling-binding",
  layer: "cluster",
  severity: "low",
  maxSeverity: "medium",
  title: "Bindings refer to roles and accounts that exist",
  failure: "refers to a role or service account that does not exist",
  why: "Anyone who later creates a role or an account of that name picks up these rights. Until then, the binding misleads everyone who reads it.",
  action: "Delete bindings to what does not exist",
  fix: "Delete the binding, or the subject that is gone.",
  verify:
    'kubectl get rolebindings,clusterrolebindings,roles,clusterroles,serviceaccounts -A -o json | jq -r \'([.items[] | {key: "\\(.kind)/\\(.metadata.namespace // "")/\\(.metadata.name)", value: true}] | from_entries) as $there | .items[] | select(.roleRef and .metadata.labels["kubernetes.io/bootstrapping"] != "rbac-defaults") | . as $b | ("\\(.roleRef.kind)/\\(if .roleRef.kind == "Role" then .metadata.namespace else "" end)/\\(.roleRef.name)", (.subjects[]? | select(.kind == "ServiceAccount") | "ServiceAccount/\\(.namespace // $b.metadata.namespace)/\\(.name)")) | select($there[.] | not) | "\\($b.kind) \\($b.metadata.namespace // "-")/\\($b.metadata.name) names \\(.)"\'',
  lookFor: "Each binding, except those that Kubernetes ships, with the role or account that does not exist. No output: all exist.",
  tips: ["S3"],
  frameworks: { nsa: ["RB"], mitre: ["T1098.006"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review"],
  subject: "binding",
  reads: ["roles", "bindings", "serviceAccounts", "namespaces"],
  wholeCluster: "fail",
  check: (binding, context) => {
    const found = findBinding(binding, context);
    if (!found) return [];
    const weaknesses: Weakness[] = [];
    const { kind, name } = found.roleRef;
    if (!found.role && !isShippedRoleName(found.roleRef))
      weaknesses.push(weakness("roleRef", `${kind}/${name}`, `The ${kind} ${name} does not exist.`, { hint: "role" }));
    const isStrong = findBindingPower(binding, context) <= 4 && (found.role !== null || isShippedRoleName(found.roleRef));
    const accounts = context.view(serviceAccountsView);
    const homes = context.view(homesView);
    found.identities.forEach((identity, index) => {
      const { kind: subjectKind, name: subjectName } = record(list(binding.body.subjects)[index]);
      if (!identity && subjectKind === "ServiceAccount")
        weaknesses.push(weakness(`subjects[${index}]`, subjectName, "It names a service account without a namespace, which is nobody.", { hint: index }));
      if (
        identity?.kind !== "ServiceAccount" ||
        (identity.name === "default" && (identity.namespace === binding.ref.namespace || homes.has(identity.namespace))) ||
        isShippedAccount(identity.namespace, identity.name)
      )
        return;
      if (accounts.has(`${identity.namespace}/${identity.name}`)) return;
      const message = `The service account ${identity.namespace}/${identity.name} does not exist.${isStrong ? " Whoever creates it gets the role." : ""}`;
      weaknesses.push(weakness(`subjects[${index}]`, identity.name, message, { severity: isStrong ? "medium" : "low", hint: index }));
    });
    return weaknesses;
  },
  remedy: (binding, weaknesses, context) => {
    if (weaknesses.some((w) => w.hint === "role")) return { ops: [], remove: [binding.ref], risk: "none", note: "It grants nothing as it is." };
    return dropFoundSubjects(binding, weaknesses, context);
  },
});
