import { SELF_REGISTERING } from "./data/policy-engines";
import { findAgents } from "./find-agents";
import { isRunningView } from "./running-workloads";
import type { PolicyNamespace } from "./policy-namespace";
import { isCalled, listWebhooks, seesNamespace, seesNewPods, type Webhook } from "./security-webhook";
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

/** What changes objects judges none; Kyverno alone verifies images there, since it writes their digests. */
function judges(hook: Webhook): boolean {
  return isCalled(hook) && (hook.isValidating || hook.engine === "Kyverno");
}

/** With a namespace: about new pods in it. */
export type IsAsked = (engine: string, namespace?: PolicyNamespace) => boolean;

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
    const hooksOf = Map.groupBy(context.slices.webhooks.flatMap(listWebhooks).filter(judges), ({ engine }) => engine);
    return (engine, namespace) => {
      const hooks = hooksOf.get(engine) ?? [];
      const ofPods = namespace === undefined ? [] : hooks.filter(seesNewPods);
      // Where none is about pods yet, the engine may have yet to write it.
      if (namespace !== undefined && ofPods.length > 0) return ofPods.some((hook) => seesNamespace(hook, namespace));
      return hooks.length > 0 || (controllers.get(engine) ?? []).some(isRunning);
    };
  },
});
