import { SELF_REGISTERING } from "../data/policy-engines";
import { engineControllersView } from "./engine-controllers";
import { type Asked, leftOutView, webhooksToComeView } from "./engine-settings";
import type { KubeObject } from "../kube-object";
import { isGenerated } from "./kyverno-status";
import { isRunningView } from "../workloads/running-workloads";
import type { PolicyNamespace } from "./policy-namespace";
import { resourceKey } from "../../model/resource-ref";
import type { Workload } from "../workloads/workload";
import { type Answer as Held, anyHolds } from "./match-condition";
import {
  type Changed,
  choosesObjects,
  isCalled,
  isChore,
  keepsIgnoreLabel,
  listWebhooks,
  seesChangesIn,
  seesChangesOf,
  seesNamespace,
  seesNewPods,
  type Webhook,
} from "./security-webhook";
import { defineView } from "../view";
import { rememberedOf } from "../../model/remembered";
import { whyPluginOffView } from "./admission-plugins";
import { serviceTargetsView } from "../routes/service-targets";
import { doubtHeardView, READ_FOR_HEARING, unansweredView, whyNoneHeard, whyUnheardView } from "./unheard-webhooks";

/** What changes objects judges none; Kyverno alone verifies images there, since it writes their digests. */
function judges(hook: Webhook): boolean {
  return isCalled(hook) && !isChore(hook) && (hook.isValidating || hook.engine === "Kyverno");
}

/** Why an engine refuses nothing, as part of a sentence; null = it is asked, and heard. */
export type FindSilence = (engine: string) => string | null;

/** Whether it is asked about new pods of a namespace, or their images, and does not leave them out itself; a text = why nobody can tell, as part of a sentence. */
export type IsAskedIn = (engine: string, namespace: PolicyNamespace, asked?: Asked) => boolean | string;

/** Where no webhook is about pods yet, such an engine may have yet to write it. */
function writesItsOwn(engine: string): boolean {
  return SELF_REGISTERING.some(({ name }) => name === engine);
}

/** An engine, where it is asked. */
interface Answer {
  readonly isAsked: boolean | string;
  readonly because: string | null;
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
const NOT_ASKED = "no webhook of its engine asks it here, or its engine leaves the namespace out";

/** As part of a sentence. */
export function sayUnreadAsking(engine: string): string {
  return `whether a webhook of ${engine} asks it was not read`;
}

const NOT_SHOWN = "neither webhooks nor settings show that its engine is asked here";

/** The webhooks by which engines are asked to judge, by the engine's name. */
const judgingHooksView = defineView({
  reads: ["webhooks"],
  compute: ({ slices }): ReadonlyMap<string | null, readonly Webhook[]> =>
    Map.groupBy(slices.webhooks.flatMap(listWebhooks).filter(judges), ({ engine }) => engine),
});

/** Whether something runs that may write the webhooks of an engine yet: in a whole cluster it is there, and answers those that lead to it. */
const mayWriteView = defineView({
  reads: READ_FOR_HEARING,
  compute: (context): ((engine: string) => boolean) => {
    const controllers = context.view(engineControllersView);
    const isRunning = context.view(isRunningView);
    const unanswered = context.view(unansweredView);
    const { servicesOf } = context.view(serviceTargetsView);
    const isAway = (workload: Workload): boolean =>
      (servicesOf.get(resourceKey(workload.ref)) ?? []).some(({ ref }) => unanswered.has(`${ref.namespace}/${ref.name}`));
    return (engine) => (controllers.get(engine) ?? []).some((workload) => isRunning(workload) && !isAway(workload));
  },
});

/** Why what an engine says of a policy is not heard; null = the API server asks it. Policies that nobody asks refuse nothing: they are left of an engine that was removed. */
export const engineSilenceView = defineView({
  reads: READ_FOR_HEARING,
  compute: (context): FindSilence => {
    const mayWrite = context.view(mayWriteView);
    const hooks = context.view(judgingHooksView);
    const whyUnheard = context.view(whyUnheardView);
    const off = context.view(whyPluginOffView)("ValidatingAdmissionWebhook");
    return (engine) => {
      const own = hooks.get(engine);
      const meant = own?.filter((hook) => !keepsIgnoreLabel(hook)) ?? [];
      if (own) return off ?? whyNoneHeard(meant.length > 0 ? meant : own, whyUnheard);
      return mayWrite(engine) ? off : `no webhook of ${engine} asks it`;
    };
  },
});

/** Why nobody can tell whether an engine is heard, of new pods where a webhook of it is about them, as part of a sentence; null = it is told. */
export const engineDoubtView = defineView({
  reads: READ_FOR_HEARING,
  compute: (context): FindSilence => {
    const hooks = context.view(judgingHooksView);
    const whyUnheard = context.view(whyUnheardView);
    const doubtHeard = context.view(doubtHeardView);
    return (engine) => {
      const own = (hooks.get(engine) ?? []).filter((hook) => whyUnheard(hook) === null);
      const ofPods = own.filter(seesNewPods);
      return whyNoneHeard(ofPods.length > 0 ? ofPods : own, doubtHeard);
    };
  },
});

/** The same for the new pods of a namespace; with the reason where it is not. */
const answersView = defineView({
  reads: [...READ_FOR_HEARING, "policyEngineObjects", "configMaps"],
  compute: (context): ((engine: string, namespace: PolicyNamespace, asked?: Asked) => Answer) => {
    const findSilence = context.view(engineSilenceView);
    const findDoubt = context.view(engineDoubtView);
    const whyUnheard = context.view(whyUnheardView);
    const doubtHeard = context.view(doubtHeardView);
    const hooksOfPods = new Map([...context.view(judgingHooksView)].map(([engine, hooks]) => [engine, hooks.filter(seesNewPods)]));
    const isLeftOut = context.view(leftOutView);
    const toCome = context.view(webhooksToComeView);
    const mayWrite = context.view(mayWriteView);
    // Elsewhere than in a whole cluster, what writes them may lie elsewhere.
    const isWhole = context.isComplete && context.isRead("webhooks") && context.isRead("workloads");
    /** Asked for each policy of an engine. */
    const known = rememberedOf((_: PolicyNamespace) => new Map<string, Answer>());
    const answerOf = (engine: string, namespace: PolicyNamespace, asked: Asked): Answer => {
      const ofPods = hooksOfPods.get(engine) ?? [];
      const mayCome = ofPods.length === 0 && writesItsOwn(engine) && (!isWhole || mayWrite(engine));
      const planned = mayCome ? toCome(engine) : [];
      const asking = ofPods.filter((hook) => seesNamespace(hook, namespace));
      const heard = asking.filter((hook) => whyUnheard(hook) === null);
      const toComeHere = planned.filter((hook) => seesNamespace(hook, namespace));
      const left = isLeftOut(engine, namespace.name, asked);
      const because = findSilence(engine) ?? whyNoneHeard(asking, whyUnheard);
      if (because !== null) return { isAsked: false, because };
      if ((heard.length + toComeHere.length === 0 && !(mayCome && planned.length === 0)) || left === true) return { isAsked: false, because: NOT_ASKED };
      const doubt = findDoubt(engine) ?? whyNoneHeard(heard, doubtHeard);
      if (doubt !== null) return { isAsked: doubt, because: null };
      const sure = [...heard.filter((hook) => doubtHeard(hook) === null), ...toComeHere];
      return { isAsked: typeof left === "string" ? left : areForSome(sure, namespace) ? sayForSome(engine) : true, because: null };
    };
    return (engine, namespace, asked = "objects") => {
      const answers = known(namespace);
      const key = `${asked} ${engine}`;
      const answer = answers.get(key) ?? answerOf(engine, namespace, asked);
      answers.set(key, answer);
      return answer;
    };
  },
});

export const askedInView = defineView({
  reads: [...READ_FOR_HEARING, "policyEngineObjects", "configMaps"],
  compute: (context): IsAskedIn => {
    const answerOf = context.view(answersView);
    return (engine, namespace, asked) => answerOf(engine, namespace, asked).isAsked;
  },
});

/** Whether one of an engine's policies is judged in a namespace: by the API server itself where Kyverno had it written so. */
export interface Judging {
  /** A text = why nobody can tell, as part of a sentence. */
  readonly isJudged: boolean | string;
  /** Why it does nothing there, as part of a sentence; null = it does, or may. */
  readonly idleBecause: string | null;
}

export const judgedInView = defineView({
  reads: [...READ_FOR_HEARING, "policyEngineObjects", "configMaps"],
  compute: (context): ((engine: string, policy: KubeObject, namespace: PolicyNamespace) => Judging) => {
    const answerOf = context.view(answersView);
    const off = context.view(whyPluginOffView)("ValidatingAdmissionPolicy");
    const isWhole = context.isRead("webhooks") && context.isRead("workloads");
    return (engine, policy, namespace) => {
      if (isGenerated(policy)) return { isJudged: off === null, idleBecause: off };
      const { isAsked, because } = answerOf(engine, namespace);
      return isAsked === false && !isWhole ? { isJudged: NOT_SHOWN, idleBecause: null } : { isJudged: isAsked, idleBecause: because };
    };
  },
});

/** What an engine is not asked about, wherever it is asked about new pods. */
export interface Missed {
  readonly pods: boolean;
  readonly changes: boolean;
  readonly added: boolean;
  readonly isForSome: boolean;
  /** Whether it is asked about all changes of the pods of a namespace; null = about some, or it cannot be told. */
  readonly seesIn: (resource: Changed, namespace: PolicyNamespace) => Held;
}

/** By the rules of those of its webhooks that are heard, if any is; where none is about pods yet, it may have yet to write them. */
export const missedByEnginesView = defineView({
  reads: READ_FOR_HEARING,
  compute: (context): ((engine: string) => Missed) => {
    const hooks = context.view(judgingHooksView);
    const whyUnheard = context.view(whyUnheardView);
    const missedBy = (engine: string): Missed => {
      const all = hooks.get(engine) ?? [];
      const heard = all.filter((hook) => whyUnheard(hook) === null);
      const own = heard.length > 0 ? heard : all;
      const ofPods = own.filter(seesNewPods);
      /** Asked for each policy of the engine. */
      const seesIn = (resource: Changed) =>
        rememberedOf((namespace: PolicyNamespace): Held => anyHolds(own.values().map((hook) => seesChangesIn(hook, resource, namespace))));
      const seen = { pods: seesIn("pods"), "pods/ephemeralcontainers": seesIn("pods/ephemeralcontainers") };
      const misses = (resource: Changed): boolean => ofPods.length > 0 && !own.some((hook) => seesChangesOf(hook, resource));
      return {
        pods: all.length > 0 && !all.some(seesNewPods) && !writesItsOwn(engine),
        changes: misses("pods"),
        added: misses("pods/ephemeralcontainers"),
        isForSome: areForSome(ofPods),
        seesIn: (resource, namespace) => ofPods.length === 0 || seen[resource](namespace),
      };
    };
    const known = new Map<string, Missed>();
    return (engine) => {
      const missed = known.get(engine) ?? missedBy(engine);
      known.set(engine, missed);
      return missed;
    };
  },
});
