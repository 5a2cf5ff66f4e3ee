import { listBoundEntries } from "../../graph/rbac/rbac-index";
import { powerView } from "../../graph/rbac/power";
import type { Identity } from "../../graph/rbac/principal";
import { isShippedEntry } from "../../graph/rbac/shipped-entry";
import { dropSubjects } from "../../graph/rbac/take-away";
import type { KubeObject } from "../../inventory/kube-object";
import { accountsInUseView } from "../../inventory/workloads/accounts-in-use";
import { areSecretsLost } from "../../inventory/secrets/secrets-gap";
import { isTokenInUse, tokenSecretsView } from "../../inventory/workloads/service-account-token";
import type { Context } from "../../inventory/view";
import { defineControl, notApplicable, unknown, weakness } from "../define";

function toAccount(account: KubeObject): Identity {
  return { kind: "ServiceAccount", namespace: account.ref.namespace, name: account.ref.name };
}

/** Accounts that OpenShift makes in each project, for pods that it makes when something is built or deployed, by the role that it gives and puts back. */
const ON_DEMAND: ReadonlyMap<string, string> = new Map([
  ["builder", "system:image-builder"],
  ["deployer", "system:deployer"],
]);

function listEntries(account: KubeObject, context: Context<"roles" | "bindings">) {
  return listBoundEntries(toAccount(account), context).filter((entry) => !isShippedEntry(entry));
}

function isOnDemand({ ref }: KubeObject, { binding: { roleRef, namespace } }: ReturnType<typeof listEntries>[number]): boolean {
  return roleRef.kind === "ClusterRole" && ON_DEMAND.get(ref.name) === roleRef.name && namespace === ref.namespace;
}

export default defineControl({
  id: "rbac-orphan-grant",
  layer: "cluster",
  severity: "low",
  title: "Service accounts with rights are in use",
  failure: "has rights, but no workload uses it",
  why: "Nobody notices when an account that nothing uses is stolen, and its rights wait for whoever may create a pod beside it.",
  action: "Delete rights of accounts that nothing uses",
  fix: "Delete the binding, and the account if nothing outside the cluster asks for its tokens.",
  verify:
    "kubectl get deployments,statefulsets,daemonsets,replicasets,jobs,cronjobs,pods -n NAMESPACE -o yaml | grep -E 'serviceAccountName: 'NAME'$'; kubectl auth can-i --list -n NAMESPACE --as=system:serviceaccount:NAMESPACE:NAME",
  lookFor: "No `serviceAccountName` above the table: no workload runs as the account. The table lists the rights that it has all the same.",
  tips: ["S3"],
  frameworks: { nsa: ["RB"], mitre: ["T1078"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review"],
  subject: "service-account",
  reads: ["roles", "bindings", "workloads"],
  extraReads: ["secrets"],
  wholeCluster: "fail",
  check: (account, context) => {
    if (account.scope === "platform") return notApplicable("Controllers of the platform use their accounts from outside pods.");
    if (context.view(accountsInUseView).has(`${account.ref.namespace}/${account.ref.name}`)) return [];
    const all = listEntries(account, context);
    const entries = all.filter((entry) => !isOnDemand(account, entry));
    if (entries.length === 0 && all.length > 0) return notApplicable("OpenShift makes pods that run as it when something is built or deployed.");
    if (entries.length === 0 || context.view(powerView).classOf(toAccount(account)) > 4)
      return context.isComplete ? [] : unknown("These manifests give it no rights of note; whether others do, needs the whole cluster.");
    if (areSecretsLost(context)) return unknown("Whether somebody outside uses a token of it is in Secrets, which could not be read.");
    const tokens = context.view(tokenSecretsView).get(`${account.ref.namespace}/${account.ref.name}`) ?? [];
    if (tokens.some((secret) => isTokenInUse(secret, context.observedAt))) return [];
    return entries.map(({ binding, subjectIndex }) =>
      weakness(
        `subjects[${subjectIndex}]`,
        account.ref.name,
        `${binding.object.ref.kind} ${binding.object.ref.name} gives it ${binding.roleRef.name}, and no workload runs as it. Who asks for its tokens from outside cannot be seen.`,
        {
          object: binding.object.ref,
          hint: subjectIndex,
        },
      ),
    );
  },
  remedy: (account, _weaknesses, context) =>
    dropSubjects(
      listEntries(account, context)
        .filter((entry) => !isOnDemand(account, entry))
        .map(({ binding, subjectIndex }) => ({ binding: binding.object.ref, subjectIndex })),
      context,
    ),
});
