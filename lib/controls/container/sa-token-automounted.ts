import { findBindingPower } from "../../graph/rbac/binding-power";
import { describeIdentity } from "../../graph/rbac/identity";
import type { Identity } from "../../graph/rbac/principal";
import { powerView } from "../../graph/rbac/power";
import { matchRule } from "../../graph/rbac/held-right";
import { type BoundEntry, listBoundEntries } from "../../graph/rbac/rbac-index";
import { ASKS } from "../../graph/rbac/rights-asks";
import { toLevels } from "../../inventory/admission/pod-security-labels";
import { accountNameOf, findToken, NEEDS_TOKEN, serviceAccountsView } from "../../inventory/workloads/service-account-token";
import { defineView } from "../../inventory/view";
import { judgeAutomount } from "../../pod-security/judge-check";
import { defineControl, unknown, weakness } from "../define";
import { dropToken } from "../remedies/drop-token";

const POWER = {
  1: "whoever holds it can take over the cluster",
  2: "whoever holds it reaches nodes or every Secret",
  3: "whoever holds it reaches other workloads",
} as const;

/** The namespaces where Pod Security lets privileged pods in. */
const openNamespacesView = defineView({
  reads: ["namespaces"],
  compute: ({ slices }): ReadonlySet<string> =>
    new Set(slices.namespaces.filter(({ labels }) => toLevels(labels).enforce === "privileged").map(({ ref }) => ref.name)),
});

/** A namespace where the account makes pods, and where Pod Security lets privileged ones in: from there it is one step to the node. */
function findWayOut(entries: readonly BoundEntry[], open: ReadonlySet<string>): string | null {
  const makes = entries.find(({ binding: { namespace, role } }) => {
    const rights = (role?.rules ?? []).flatMap((rule) => matchRule(rule, ASKS.workloadWrite));
    // A pod that is there changes its image only.
    return namespace !== null && open.has(namespace) && rights.some(({ ask }) => ask.verb === "create" || ask.resource !== "pods");
  });
  return makes?.binding.namespace ?? null;
}

export default defineControl({
  id: "sa-token-automounted",
  layer: "container",
  severity: "medium",
  maxSeverity: "high",
  title: "Pods hold an API token only where they need one, with few rights",
  failure: "mounts an API token that reaches far, or that nothing shows it needs",
  why: "Anyone who gets into the container has the token, and so the pod's service account rights on the API server, often from outside the pod too. Most programs never call the API.",
  action: "Stop mounting API tokens that are not needed",
  fix: "Set `automountServiceAccountToken: false` in the pod spec; it overrides the setting of the service account. Where the program does call the API, give it a service account of its own with only the rights that it uses.",
  verify:
    "kubectl get pods -A -o json | jq -r '.items[] | select(any(.spec.volumes[]?.projected.sources[]?; .serviceAccountToken and .serviceAccountToken.audience == null)) | [.metadata.namespace, .metadata.name, .spec.serviceAccountName] | @tsv'",
  lookFor:
    "Each pod that holds a token for the API, with its account. What an account may do: `kubectl auth can-i --list --as=system:serviceaccount:NAMESPACE:ACCOUNT`.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.6"], nsa: ["SA"], mitre: ["T1528", "T1552.007"], mstm: ["MS-TA9016"], owasp: ["K01", "K02"] },
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting"],
  subject: "workload",
  reads: ["serviceAccounts", "roles", "bindings"],
  extraReads: ["namespaces"],
  check: ({ workload, pod }, context) => {
    const namespace = workload.ref.namespace ?? "default";
    const name = accountNameOf(pod);
    const account = context.view(serviceAccountsView).get(`${namespace}/${name}`);
    const readable = judgeAutomount(pod);
    if ("state" in readable) return readable;
    const token = findToken(workload, pod, account, context.isComplete);
    if (token.isMounted === false) return [];
    if (token.isMounted === null) return unknown(`Service account ${namespace}/${name} is not among these manifests, and it may turn the token off.`);
    const isAcknowledged = [workload.annotations, pod.annotations, account?.annotations].some((annotations) => annotations?.[NEEDS_TOKEN] === "true");
    if (isAcknowledged) return { state: "pass", notes: [weakness(token.path, token.value, `The annotation ${NEEDS_TOKEN} says that the token is needed.`)] };
    const identity: Identity = { kind: "ServiceAccount", namespace, name };
    const entries = listBoundEntries(identity, context);
    const hasGrants = entries.some(({ binding }) => (binding.role?.rules.length ?? 0) > 0);
    // Roles that the API server ships give what they give, also where no manifest lists them.
    const unlisted = entries.filter(({ binding }) => binding.role === null).map(({ binding }) => findBindingPower(binding.object, context));
    const power = Math.min(context.view(powerView).classOf(identity), ...unlisted);
    const who = describeIdentity(identity);
    if (power <= 3) {
      const place = power === 3 ? findWayOut(entries, context.view(openNamespacesView)) : null;
      const what =
        place === null ? POWER[power as 1 | 2 | 3] : `whoever holds it makes privileged pods in namespace ${place}, where Pod Security holds none back`; // safe: just compared
      const severity = power === 3 && place === null ? "medium" : "high";
      return [weakness(token.path, token.value, `The token of ${who} is mounted, and ${what}.`, { severity })];
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
      : { ops: dropToken(pod), risk: "may-break", note: "A program that calls the API server loses its token: give it an account of its own first." },
});
