import { isSecurityWebhook, listWebhooks, whyNoGuard } from "../../inventory/admission/security-webhook";
import { type WebhookBackend, webhookBackendView } from "../../inventory/admission/webhook-backend";
import { defineControl, notApplicable, weakness } from "../define";
import { set } from "../remedies/ops";

/** Missing, single, unguarded or outside, as webhook-backend-fragile says; what is absent from a part of a cluster may be there. */
function isFragileBackend(backend: WebhookBackend, isComplete: boolean): boolean {
  if (backend.hasReadyEndpoint === false || backend.url !== null || backend.isCallable === false) return true;
  if (backend.missingPort !== null || backend.untrusted !== null) return true;
  const counted = backend.workloads.map((workload) => ({ floor: backend.floorOf(workload), hasBudget: backend.hasBudget(workload) }));
  if (counted.some(({ floor }) => floor !== null && floor.replicas !== null && floor.replicas < 2)) return true;
  return isComplete && ((backend.serviceName !== null && backend.service === null) || counted.some(({ floor, hasBudget }) => floor !== null && !hasBudget));
}

export default defineControl({
  id: "webhook-fail-open",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "Security webhooks fail closed",
  failure: "lets objects through while its backend is away",
  why: "A webhook that fails open enforces nothing while its backend is down, and whoever can slow the backend down or delete its pod can choose that moment.",
  action: "Let security webhooks fail closed",
  fix: "Set `failurePolicy: Fail`, together with two or more replicas, a PodDisruptionBudget, and kube-system excluded by name.",
  verify:
    "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o json | jq -r '.items[] | .metadata.name as $n | .webhooks[]? | [$n, .name, .failurePolicy] | @tsv'",
  lookFor: "`Ignore`: objects pass while the backend of the webhook is away.",
  tips: ["S4"],
  frameworks: { nsa: ["PE"], mitre: ["T1562.001"], owasp: ["K04"] },
  references: [
    "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy",
    "https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/",
  ],
  aliases: ["image-signature-failopen"],
  subject: "webhook",
  reads: ["services", "workloads", "podDisruptionBudgets", "endpointSlices"],
  extraReads: ["companions", "operated", "nodes"],
  check: (configuration, context) => {
    const all = listWebhooks(configuration);
    const hooks = all.filter(isSecurityWebhook);
    if (hooks.length === 0) return notApplicable(whyNoGuard(all));
    const findBackend = context.view(webhookBackendView);
    return hooks
      .filter((hook) => hook.failsOpen)
      .map((hook) => {
        const backend = findBackend(hook);
        const isFragile = isFragileBackend(backend, context.isComplete);
        const message = `${hook.name} lets objects through when ${hook.engine ?? "its backend"} does not answer${isFragile ? ", and its backend is fragile" : ""}.`;
        return weakness(`webhooks[${hook.index}].failurePolicy`, hook.spec.failurePolicy, message, {
          on: hook.name,
          ...(isFragile && { severity: "high" as const }),
        });
      });
  },
  remedy: (_configuration, weaknesses) => ({
    ops: weaknesses.map((item) => set(item.path, "Fail")),
    risk: "may-break",
    note: "While the backend is away nothing that the webhook sees can be created: run two replicas or more, and exclude kube-system by name.",
  }),
});
