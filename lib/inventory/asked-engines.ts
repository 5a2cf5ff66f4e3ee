import { hasWebhookOf } from "./security-webhook";
import { defineView } from "./view";
import type { Workload } from "./workload";

const COMPONENT = "app.kubernetes.io/component";

/** Kyverno's admission controller, as its chart labels it: it writes its webhooks itself when it starts, so manifests have none. */
function isKyverno({ podLabels, isDormant }: Workload): boolean {
  const isAdmission = podLabels[COMPONENT] === "admission-controller" || podLabels[COMPONENT] === "kyverno";
  return isAdmission && !isDormant && /kyverno/.test(`${podLabels["app.kubernetes.io/part-of"]} ${podLabels["app.kubernetes.io/name"]}`);
}

/** Whether the API server asks an engine. Policies that nobody asks refuse nothing: they are left of an engine that was removed. */
export const askedEnginesView = defineView({
  reads: ["webhooks", "workloads"],
  compute: ({ slices }): ((engine: string) => boolean) => {
    const hasKyverno = slices.workloads.some(isKyverno);
    return (engine) => hasWebhookOf(engine, slices.webhooks) || (engine === "Kyverno" && hasKyverno);
  },
});
