import { SELF_REGISTERING } from "./data/policy-engines";
import { findAgents } from "./find-agents";
import { isRunningView } from "./running-workloads";
import { hasWebhookOf } from "./security-webhook";
import { defineView } from "./view";
import type { Workload } from "./workload";

const COMPONENT = "app.kubernetes.io/component";

/** As the engine's chart labels its admission controller, whatever the image is called in a registry of one's own. */
function isLabelled({ podLabelSets, isDormant, isFinished }: Workload, { name, labels }: { readonly name: string; readonly labels: RegExp }): boolean {
  if (isDormant || isFinished) return false;
  return podLabelSets.some((own) => {
    const component = own[COMPONENT];
    const isAdmission = component === "admission-controller" || component === name.toLowerCase();
    return isAdmission && labels.test(`${own["app.kubernetes.io/part-of"]} ${own["app.kubernetes.io/name"]}`);
  });
}

/** The admission controllers of engines that register their webhooks themselves, by the engine's name: by image, or by labels. */
export const engineControllersView = defineView({
  reads: ["workloads"],
  compute: (context): ReadonlyMap<string, readonly Workload[]> =>
    new Map(
      SELF_REGISTERING.map((engine) => {
        const byImage = findAgents(context, [engine]).map(({ workload }) => workload);
        return [engine.name, [...new Set([...byImage, ...context.slices.workloads.filter((workload) => isLabelled(workload, engine))])]];
      }),
    ),
});

export type IsAsked = (engine: string) => boolean;

/** Why a policy of an engine refuses nothing, as part of a sentence; null = the engine is asked. */
export function silenceOf(engine: string, isAsked: IsAsked): string | null {
  return isAsked(engine) ? null : `no webhook of ${engine} asks it`;
}

/** Whether the API server asks an engine. Policies that nobody asks refuse nothing: they are left of an engine that was removed. */
export const askedEnginesView = defineView({
  reads: ["webhooks", "workloads"],
  compute: (context): IsAsked => {
    const controllers = context.view(engineControllersView);
    const isRunning = context.view(isRunningView);
    return (engine) => hasWebhookOf(engine, context.slices.webhooks) || (controllers.get(engine) ?? []).some(isRunning);
  },
});
