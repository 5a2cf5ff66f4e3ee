import { findBindingPower } from "../../graph/rbac/binding-power";
import { describeIdentity, identityKey } from "../../graph/rbac/identity";
import type { Identity } from "../../graph/rbac/principal";
import { powerView } from "../../graph/rbac/power";
import { rbacIndexView } from "../../graph/rbac/rbac-index";
import { accountNameOf, findToken, NEEDS_TOKEN, serviceAccountsView } from "../../inventory/service-account-token";
import { defineControl, unknown, weakness } from "../define";
import { dropToken } from "../remedies/drop-token";

const POWER = {
  1: "whoever holds it can take the cluster",
  2: "whoever holds it reaches nodes or every Secret",
  3: "whoever holds it reaches other workloads",
} as const;

export default defineControl({
  id: "sa-token-automounted",
  layer: "container",
  severity: "medium",
  maxSeverity: "high",
  title: "Pods hold an API token only where they need one",
  failure: "mounts an API token without evidence that it needs one",
  why: "Whoever gets into the container takes the token and speaks to the API server as the pod's service account, from the pod or with some luck from anywhere. Most programs never call the API.",
  fix: "Set `automountServiceAccountToken: false` in the pod spec; it wins over the service account's own setting. Where the program does call the API, give it a service account of its own with the few rights it uses.",
  verify:
    "kubectl get pods -A -o json | jq -r '.items[] | select(any(.spec.volumes[]?; any(.projected.sources[]?; .serviceAccountToken and (.serviceAccountToken.audience == null)))) | .metadata.namespace + \"/\" + .metadata.name'",
  tips: ["S3"],
  frameworks: { cis: ["5.1.6"], nsa: ["SA"], mitre: ["T1528", "T1552.007"], mstm: ["MS-TA9016"], owasp: ["K01", "K02"] },
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting"],
  subject: "workload",
  reads: ["serviceAccounts", "roles", "bindings"],
  check: ({ workload, pod }, context) => {
    const namespace = workload.ref.namespace ?? "default";
    const name = accountNameOf(pod);
    const account = context.view(serviceAccountsView).get(`${namespace}/${name}`);
    const token = findToken(workload, pod, account, context.isComplete);
    if (token.isMounted === false) return [];
    if (token.isMounted === null) return unknown(`Service account ${namespace}/${name} is not among these manifests, and it may turn the token off.`);
    const isAcknowledged = [workload.annotations, pod.annotations, account?.annotations].some((annotations) => annotations?.[NEEDS_TOKEN] === "true");
    if (isAcknowledged) return { state: "pass", notes: [weakness(token.path, token.value, `The annotation ${NEEDS_TOKEN} says that the token is needed.`)] };
    const identity: Identity = { kind: "ServiceAccount", namespace, name };
    const entries = context.view(rbacIndexView).entries.get(identityKey(identity)) ?? [];
    const hasGrants = entries.some(({ binding }) => (binding.role?.rules.length ?? 0) > 0);
    // Roles that the API server ships give what they give, also where no manifest lists them.
    const unlisted = entries.filter(({ binding }) => binding.role === null).map(({ binding }) => findBindingPower(binding.object, context));
    const power = Math.min(context.view(powerView).classOf(identity), ...unlisted);
    const who = describeIdentity(identity);
    if (power <= 3) {
      const what = POWER[power as 1 | 2 | 3]; // safe: just compared
      return [weakness(token.path, token.value, `The token of ${who} is mounted, and ${what}.`, { severity: power === 3 ? "medium" : "high" })];
    }
    if (hasGrants && name !== "default") return [];
    if (!hasGrants && !context.isComplete) return unknown(`These manifests do not show what ${who} may do in the cluster.`);
    const message = hasGrants
      ? `The token of ${who} is mounted, which every pod without an account of its own shares.`
      : `The token of ${who} is mounted, and no binding gives that account any right.`;
    return [weakness(token.path, token.value, message, { severity: "low" })];
  },
  remedy: ({ pod }, weaknesses) =>
    weaknesses.some((w) => w.path.includes("volumes["))
      ? null
      : { ops: dropToken(pod), risk: "restart", note: "A program that calls the API server loses its token: give it an account of its own first." },
});
