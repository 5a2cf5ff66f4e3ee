import { serviceAccountsView } from "../../inventory/workloads/service-account-token";
import { defineControl, notApplicable, unknown, weakness } from "../define";
import { set } from "../remedies/ops";

export default defineControl({
  id: "default-sa-automount",
  layer: "cluster",
  severity: "low",
  title: "Default service accounts hand out no token",
  failure: "lets its default service account hand out a token",
  why: "A pod that names no service account gets a token of `default`, unless this is off. A pod that does not call the API needs no token.",
  action: "Keep tokens from default service accounts",
  fix: "Set `automountServiceAccountToken: false` on the service account `default` of the namespace. A pod that runs as `default` and does call the API loses its token at its next start: first give it an account of its own.",
  verify:
    "kubectl get serviceaccounts -A --field-selector metadata.name=default -o custom-columns='NAMESPACE:.metadata.namespace,AUTOMOUNT:.automountServiceAccountToken' | grep -v 'false$'",
  lookFor: "Each namespace listed hands the token out: anything but `false` under AUTOMOUNT does.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.5"], nsa: ["SA"], mitre: ["T1528"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting"],
  subject: "namespace",
  reads: ["serviceAccounts"],
  check: (namespace, context) => {
    if (namespace.scope === "platform") return notApplicable("The namespace belongs to the platform.");
    const account = context.view(serviceAccountsView).get(`${namespace.ref.name}/default`);
    if (!account && !context.isComplete) return unknown("The default service account of this namespace is not among these manifests.");
    const automount = account?.body.automountServiceAccountToken;
    if (automount === false) return [];
    const object = { apiVersion: "v1", kind: "ServiceAccount", namespace: namespace.ref.name, name: "default" };
    return [
      weakness("automountServiceAccountToken", automount, "The service account default mounts its token into every pod that does not refuse it.", { object }),
    ];
  },
  remedy: (namespace, _weaknesses, context) => {
    const target = { apiVersion: "v1", kind: "ServiceAccount", namespace: namespace.ref.name, name: "default" };
    const note = "Pods of this namespace that use the default account and call the API server lose their token at their next start.";
    if (context.view(serviceAccountsView).has(`${namespace.ref.name}/default`)) {
      return { target, ops: [set("automountServiceAccountToken", false)], risk: "may-break", note };
    }
    const account = {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "default", namespace: namespace.ref.name },
      automountServiceAccountToken: false,
    };
    return { target, ops: [], create: [account], risk: "may-break", note };
  },
});
