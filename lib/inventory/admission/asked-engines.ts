import { engineControllersView } from "./engine-controllers";
import { leftOutView } from "./engine-settings";
import type { KubeObject } from "../kube-object";
import { isGenerated } from "./kyverno-status";
import { isRunningView } from "../workloads/running-workloads";
import type { PolicyNamespace } from "./policy-namespace";
import { coversResource, isCalled, listWebhooks, seesNamespace, seesNewPods, type Webhook } from "./security-webhook";
import { defineView } from "../view";

/** What changes objects judges none; Kyverno alone verifies images there, since it writes their digests. */
function judges(hook: Webhook): boolean {
  return isCalled(hook) && (hook.isValidating || hook.engine === "Kyverno");
}

/** Whether an engine is asked about anything. */
export type IsAsked = (engine: string) => boolean;

/** Whether it is asked about new pods of a namespace, and does not leave them out itself; null = its settings were not read. */
export type IsAskedIn = (engine: string, namespace: PolicyNamespace) => boolean | null;

/** Why a policy of an engine refuses nothing, as part of a sentence; null = the engine is asked. */
export function silenceOf(engine: string, isAsked: IsAsked): string | null {
  return isAsked(engine) ? null : `no webhook of ${engine} asks it`;
}

/** The webhooks by which engines are asked to judge, by the engine's name. */
const judgingHooksView = defineView({
  reads: ["webhooks"],
  compute: ({ slices }): ReadonlyMap<string | null, readonly Webhook[]> =>
    Map.groupBy(slices.webhooks.flatMap(listWebhooks).filter(judges), ({ engine }) => engine),
});

/** Whether the API server asks an engine. Policies that nobody asks refuse nothing: they are left of an engine that was removed. */
export const askedEnginesView = defineView({
  reads: ["webhooks", "workloads"],
  compute: (context): IsAsked => {
    const controllers = context.view(engineControllersView);
    const isRunning = context.view(isRunningView);
    const hooks = context.view(judgingHooksView);
    return (engine) => hooks.has(engine) || (controllers.get(engine) ?? []).some(isRunning);
  },
});

/** The same for the new pods of a namespace. */
export const askedInView = defineView({
  reads: ["webhooks", "workloads", "policyEngineObjects", "configMaps"],
  compute: (context): IsAskedIn => {
    const isAsked = context.view(askedEnginesView);
    const hooksOfPods = new Map([...context.view(judgingHooksView)].map(([engine, hooks]) => [engine, hooks.filter(seesNewPods)]));
    const isLeftOut = context.view(leftOutView);
    return (engine, namespace) => {
      // Where no webhook is about pods yet, the engine may have yet to write it.
      const ofPods = hooksOfPods.get(engine) ?? [];
      if (!isAsked(engine) || (ofPods.length > 0 && !ofPods.some((hook) => seesNamespace(hook, namespace)))) return false;
      const left = isLeftOut(engine, namespace.name);
      return left === null ? null : !left;
    };
  },
});

/** The same of one of its policies, which the API server judges by itself where Kyverno had it written so; null = that cannot be told from what was read. */
export const judgedInView = defineView({
  reads: ["webhooks", "workloads", "policyEngineObjects", "configMaps"],
  compute: (context): ((engine: string, policy: KubeObject, namespace: PolicyNamespace) => boolean | null) => {
    const isAskedIn = context.view(askedInView);
    const isWhole = context.isRead("webhooks") && context.isRead("workloads");
    return (engine, policy, namespace) => {
      const isAsked = isGenerated(policy) || isAskedIn(engine, namespace);
      return isAsked === false && !isWhole ? null : isAsked;
    };
  },
});

/** What an engine is not asked about, by the rules of its webhooks; where none is about pods yet, it may have yet to write them. */
export const missedByEnginesView = defineView({
  reads: ["webhooks"],
  compute: (context): ((engine: string) => { readonly changes: boolean; readonly added: boolean }) => {
    const hooks = context.view(judgingHooksView);
    return (engine) => {
      const own = hooks.get(engine) ?? [];
      const misses = (resource: string): boolean => own.some(seesNewPods) && !own.some((hook) => coversResource(hook, resource, "UPDATE"));
      return { changes: misses("pods"), added: misses("pods/ephemeralcontainers") };
    };
  },
});
