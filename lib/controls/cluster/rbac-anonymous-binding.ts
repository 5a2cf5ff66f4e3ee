import { givesAsShipped, isPathRead, listBoundRules } from "../../graph/rbac/binding-power";
import type { RbacContext } from "../../graph/rbac/judge-capability";
import { dropSubjects } from "../../graph/rbac/take-away";
import type { KubeObject } from "../../inventory/kube-object";
import { toPart } from "../../model/clause-part";
import { list, record } from "../../model/json";
import { subjectsCommand } from "../bindings-command";
import { defineControl, weakness } from "../define";

function isAnonymous({ kind, name }: { readonly kind?: unknown; readonly name?: unknown }): boolean {
  return (kind === "User" && name === "system:anonymous") || (kind === "Group" && name === "system:unauthenticated");
}

/** What kubeadm adds so that nodes can find the cluster, as long as its role gives no more than that. */
function isForJoining(binding: KubeObject, context: RbacContext): boolean {
  const { kind, name } = record(binding.body.roleRef);
  const isKubeadm = binding.ref.namespace === "kube-public" && binding.ref.name === "kubeadm:bootstrap-signer-clusterinfo";
  if (!isKubeadm || kind !== "Role" || name !== "kubeadm:bootstrap-signer-clusterinfo") return false;
  const rules = listBoundRules(binding, context) ?? [];
  return rules.every(({ verbs, resourceNames }) => verbs.every((verb) => verb === "get") && resourceNames.length === 1 && resourceNames[0] === "cluster-info");
}

export default defineControl({
  id: "rbac-anonymous-binding",
  layer: "cluster",
  severity: "critical",
  title: "Requests without credentials have no rights",
  failure: "gives rights to anybody who reaches the API server",
  why: "No credential is needed: anyone who can connect to the API server has these rights, from the internet if the endpoint is public.",
  action: "Take rights from anonymous requests",
  fix: "Remove the subject from the binding, and set `--anonymous-auth=false` or, where probes of the API server send no credentials, let an authentication configuration admit anonymous requests to the health paths only. `kubeadm join` uses the binding `kubeadm:bootstrap-signer-clusterinfo`, which may go once no node joins any more.",
  verify: subjectsCommand('.name == "system:anonymous" or .name == "system:unauthenticated"'),
  lookFor: "Each binding listed counts, except `system:public-info-viewer`, which Kubernetes ships and which gives health and version only.",
  tips: ["S3", "S1"],
  frameworks: { nsa: ["AU", "RB"], mitre: ["T1078.001", "T1190"], mstm: ["MS-TA9029"], owasp: ["K02", "K09"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests"],
  subject: "binding",
  reads: ["roles", "bindings"],
  check: (binding, context) => {
    const subjects = list(binding.body.subjects);
    if (givesAsShipped(binding, context)) {
      const notes = subjects.flatMap((item, index) =>
        isAnonymous(record(item)) ? [weakness(`subjects[${index}]`, item, "Kubernetes ships this binding: it gives health and version only.")] : [],
      );
      return { state: "pass", notes };
    }
    const expected = isForJoining(binding, context);
    const rules = listBoundRules(binding, context);
    const severity = expected ? "low" : rules !== null && rules.length > 0 && rules.every(isPathRead) ? "high" : "critical";
    return subjects.flatMap((item, index) => {
      if (!isAnonymous(record(item))) return [];
      const role = record(binding.body.roleRef).name;
      const check = toPart("subject", String(record(item).name));
      const why = expected ? " kubeadm makes this binding, so that nodes can find the cluster." : "";
      return [weakness(`subjects[${index}]`, item, `Anybody without credentials has the role ${String(role)}.${why}`, { severity, check, hint: index })];
    });
  },
  remedy: (binding, weaknesses, context) =>
    isForJoining(binding, context)
      ? null
      : dropSubjects(
          weaknesses.map((w) => ({ binding: binding.ref, subjectIndex: Number(w.hint) })),
          context,
        ),
});
