import { SELF_REGISTERING } from "../data/policy-engines";
import { engineControllersView } from "./engine-controllers";
import { leftOutView, webhooksToComeView } from "./engine-settings";
import type { KubeObject } from "../kube-object";
import { isGenerated } from "./kyverno-status";
import { isRunningView } from "../workloads/running-workloads";
import type { PolicyNamespace } from "./policy-namespace";
import { choosesObjects, isCalled, listWebhooks, seesChangesOf, seesNamespace, seesNewPods, type Webhook } from "./security-webhook";
import { defineView } from "../view";
import { rememberedOf } from "../../model/remembered";

/** What changes objects judges none; Kyverno alone verifies images there, since it writes their digests. */
function judges(hook: Webhook): boolean {
  return isCalled(hook) && (hook.isValidating || hook.engine === "Kyverno");
}

/** Whether an engine is asked about anything. */
export type IsAsked = (engine: string) => boolean;

/** Whether it is asked about new pods of a namespace, and does not leave them out itself; a text = why nobody can tell, as part of a sentence. */
export type IsAskedIn = (engine: string, namespace: PolicyNamespace) => boolean | string;

/** Why a policy of an engine refuses nothing, as part of a sentence; null = the engine is asked. */
export function silenceOf(engine: string, isAsked: IsAsked): string | null {
  return isAsked(engine) ? null : `no webhook of ${engine} asks it`;
}

/** Where no webhook is about pods yet, such an engine may have yet to write it. */
function writesItsOwn(engine: string): boolean {
  return SELF_REGISTERING.some(({ name }) => name === engine);
}

/** Whether the API server asks about some pods alone: the labels that choose them are written by whoever makes a pod. */
function areForSome(hooks: readonly Pick<Webhook, "spec">[], namespace?: PolicyNamespace): boolean {
  return hooks.length > 0 && hooks.every((hook) => choosesObjects(hook, namespace));
}

/** As part of a sentence. */
export function sayForSome(engine: string): string {
  return `${engine} is asked about chosen objects only`;
}

/** Why a policy does nothing in a namespace, as part of a sentence. */
export const NOT_ASKED = "no webhook of its engine asks it here, or its engine leaves the namespace out";

const NOT_SHOWN = "neither webhooks nor settings show that its engine is asked here";

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
    const toCome = context.view(webhooksToComeView);
    /** Asked for each policy of an engine. */
    const known = rememberedOf((_: PolicyNamespace) => new Map<string, boolean | string>());
    const answerOf: IsAskedIn = (engine, namespace) => {
      const ofPods = hooksOfPods.get(engine) ?? [];
      const planned = ofPods.length === 0 ? toCome(engine) : [];
      const here = [...ofPods, ...planned].filter((hook) => seesNamespace(hook, namespace));
      const left = isLeftOut(engine, namespace.name);
      if (!isAsked(engine) || (here.length === 0 && !(writesItsOwn(engine) && ofPods.length + planned.length === 0)) || left === true) return false;
      if (typeof left === "string") return left;
      return areForSome(here, namespace) ? sayForSome(engine) : true;
    };
    return (engine, namespace) => {
      const answers = known(namespace);
      const answer = answers.get(engine) ?? answerOf(engine, namespace);
      answers.set(engine, answer);
      return answer;
    };
  },
});

/** The same of one of its policies, which the API server judges by itself where Kyverno had it written so; a text = why nobody can tell. */
export const judgedInView = defineView({
  reads: ["webhooks", "workloads", "policyEngineObjects", "configMaps"],
  compute: (context): ((engine: string, policy: KubeObject, namespace: PolicyNamespace) => boolean | string) => {
    const isAskedIn = context.view(askedInView);
    const isWhole = context.isRead("webhooks") && context.isRead("workloads");
    return (engine, policy, namespace) => {
      const isAsked = isGenerated(policy) || isAskedIn(engine, namespace);
      return isAsked === false && !isWhole ? NOT_SHOWN : isAsked;
    };
  },
});

/** What an engine is not asked about, by the rules of its webhooks; where none is about pods yet, it may have yet to write them. */
export const missedByEnginesView = defineView({
  reads: ["webhooks"],
  compute: (context): ((engine: string) => { readonly pods: boolean; readonly changes: boolean; readonly added: boolean; readonly isForSome: boolean }) => {
    const hooks = context.view(judgingHooksView);
    return (engine) => {
      const own = hooks.get(engine) ?? [];
      const ofPods = own.filter(seesNewPods);
      const misses = (resource: "pods" | "pods/ephemeralcontainers"): boolean => ofPods.length > 0 && !own.some((hook) => seesChangesOf(hook, resource));
      return {
        pods: own.length > 0 && ofPods.length === 0 && !writesItsOwn(engine),
        changes: misses("pods"),
        added: misses("pods/ephemeralcontainers"),
        isForSome: areForSome(ofPods),
      };
    };
  },
});
