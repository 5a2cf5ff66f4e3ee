import type { AdmissionPolicy } from "../../inventory/admission/admission-policy";
import type { KubeObject } from "../../inventory/kube-object";
import { matchesSelector } from "../../inventory/labels/label-selector";
import { sparesPeople } from "../../inventory/admission/kyverno-match";
import { findParameters, needsParameters } from "../../inventory/admission/native-policies";
import { type GuardedNamespaces, guardedNamespacesView } from "../../inventory/admission/policy-reach";
import { type PolicyNamespace, toPolicyNamespace } from "../../inventory/admission/policy-namespace";
import { READ_FOR_HEARING } from "../../inventory/admission/unheard-webhooks";
import { defineView } from "../../inventory/view";
import type { ResourceRef } from "../../model/resource-ref";
import { findRedactionMarker } from "../../inventory/secrets/secret-match";
import { isRecord, type JsonRecord, record } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { type Danger, DANGERS_APART, HARMLESS_POD, TAKEOVERS } from "../../pod-security/exemplary-pods";
import { type Bound, boundPoliciesView } from "./bound-policies";
import { heldToLevel, OF_LEVELS } from "./held-to-level";
import { judgesOf } from "./policy-judges";
import { notEvaluated } from "./not-evaluated";
import { readPolicy, textOf } from "./read-policy";
import { spokenDangersView } from "./spoken-dangers";
import { allOf, anyOf, type Refusal } from "./refusal";
import { type PolicyTrial, tryPolicy } from "./try-policy";

const UNTOLD_PARAMETERS = "its parameters are not read";
const HIDDEN_PARAMETERS = "values in its parameters are hidden";

/** All that says what a policy that can be tried refuses. */
export const READ_FOR_TRIALS = [...READ_FOR_HEARING, "admissionPolicies", "policyEngineObjects", "configMaps", "namespaces"] as const;

/** Whether pods with a danger are refused. */
type Guard = (danger: Danger) => Refusal;

const LETS_IN: Guard = () => false;

/** Asks whether a policy may look at containers that are added to a running pod: it is asked about them, and speaks of them. */
export const ADDED: Danger = { check: "added", what: "", fields: ["ephemeralContainers"], pods: [] };

/** Whether a policy that can be tried refuses pods with a danger in any of some namespaces. */
type FindGuard = (policy: KubeObject, places: readonly PolicyNamespace[]) => Guard;

/** What stands for each danger that a policy does not speak of: it refuses it where it refuses everything. */
const NOTHING: Danger = { check: "", what: "", fields: [], pods: [HARMLESS_POD] };

/** The level that a part of a policy holds pods to, with what it leaves out; null = it is in CEL. */
function levelOf({ body }: Pick<KubeObject, "body">): JsonRecord | null {
  const { podSecurity } = record(body.spec);
  return isRecord(podSecurity) ? podSecurity : null;
}

/** All words in the expressions of what judges. One that has none for a danger refuses nothing for it. */
const wordsOf = rememberedOf(
  (policy: KubeObject): ReadonlySet<string> =>
    new Set(judgesOf(policy).flatMap(({ inCel }) => (levelOf(inCel) ? OF_LEVELS : (textOf(inCel).match(/[a-z]+/gi) ?? [])))),
);

/** The same of a policy, by all that is in effect of it. */
export const policyWordsView = defineView({
  reads: READ_FOR_TRIALS,
  compute: (context): ((policy: KubeObject) => ReadonlySet<string>) => {
    const bindings = context.view(boundPoliciesView);
    return rememberedOf((policy) => new Set((bindings.get(policy) ?? []).flatMap(({ judge }) => [...wordsOf(judge)])));
  },
});

export function speaksOf(words: ReadonlySet<string>, { fields }: Danger): boolean {
  return fields.some((field) => words.has(field));
}

/** The parameters of a binding by their namespaces, or all by null where they are the same everywhere; "untold" = they were not read, null = it takes none. */
type BoundParameters = ReadonlyMap<string | null, readonly { readonly body: JsonRecord; readonly isHidden: boolean }[]> | "untold" | null;

/** Whether values of an object are not kept, as they look like credentials. */
function isHidden({ body }: Pick<KubeObject, "body">): boolean {
  return findRedactionMarker(JSON.stringify(body)) !== null;
}

/**
 * What policies in CEL, of the API server and of Kyverno, refuse, as trying them on exemplary pods shows. Each policy is tried once for each danger, and again
 * only in namespaces that differ in what it reads of them, or in its parameters.
 */
export const podGuardsView = defineView({
  reads: READ_FOR_TRIALS,
  compute: (context): FindGuard => {
    const { namespaces } = context.slices;
    const places = new Map<string, JsonRecord>(
      // What is asked of one with hidden values cannot be told, as of one that was not read.
      namespaces
        .filter((item) => !isHidden(item))
        .map(({ ref: { name }, body, labels }) => [name, { ...body, metadata: { ...record(body.metadata), ...toPolicyNamespace(name, labels) } }]),
    );
    const bindings = context.view(boundPoliciesView);
    const all = [...bindings.values()].flat();
    const inForce = new Set(all.map(({ judge }) => judge)).size;
    const numbers = new Map(all.map((bound, number) => [bound, number]));

    const trialOf = rememberedOf((policy: KubeObject): PolicyTrial => {
      const level = levelOf(policy);
      if (level) return { seenOf: () => "", refusesDanger: (danger) => heldToLevel(level, danger) };
      const read = readPolicy(policy);
      return "problem" in read ? { seenOf: () => "", refusesDanger: () => notEvaluated(read.problem) } : tryPolicy(read, inForce);
    });

    const parameters = new Map<Bound, BoundParameters>();
    /** One for all namespaces that are the same to what puts a policy into effect, by what it makes of them. */
    const guardsOf = rememberedOf((_: Bound) => new Map<string, Guard>());

    /** Sought once for each binding: there may be as many of them as namespaces. */
    const parametersOf = (bound: Bound): BoundParameters => {
      const { judge, spec, isSameEverywhere } = bound;
      const known = parameters.get(bound);
      if (known !== undefined) return known;
      const found = findParameters(record(judge.body.spec), spec, context);
      const read =
        found === null || found === "untold"
          ? found
          : Map.groupBy(
              found.map(({ ref, body }) => ({ place: isSameEverywhere ? null : ref.namespace, body, isHidden: isHidden({ body }) })),
              ({ place }) => place,
            );
      parameters.set(bound, read);
      return read;
    };

    const tryIn = (bound: Bound, danger: Danger, place: PolicyNamespace): Refusal => {
      const { judge, spec, isDenying, isSameEverywhere } = bound;
      const trial = trialOf(judge);
      const found = parametersOf(bound);
      if (found === "untold") return isDenying && UNTOLD_PARAMETERS;
      const own = found?.get(isSameEverywhere ? null : place.name);
      if (found !== null && own === undefined) return !needsParameters(record(judge.body.spec), spec);
      if (!isDenying) return false;
      if (own?.some((item) => item.isHidden)) return HIDDEN_PARAMETERS;
      const refuses = (params: JsonRecord | null) =>
        trial.refusesDanger(danger, { namespace: place.name, namespaceObject: places.get(place.name) ?? null, params });
      return anyOf(own ? own.values().map(({ body }) => refuses(body)) : [refuses(null)]);
    };

    const toGuard = (bound: Bound, place: PolicyNamespace, acts: Refusal, changes: Refusal, seesAdded: boolean): Guard => {
      const told = new Map<string, Refusal>();
      return (danger) => {
        if (danger.check === ADDED.check) return bound.isDenying && seesAdded && speaksOf(wordsOf(bound.judge), danger);
        if (danger.isChange && changes === false) return false;
        const isSpoken = speaksOf(wordsOf(bound.judge), danger);
        const meant = isSpoken ? danger : NOTHING;
        const found = told.get(meant.check) ?? tryIn(bound, meant, place);
        told.set(meant.check, found);
        const refusal = typeof found === "string" && !isSpoken ? false : found;
        return allOf([refusal, acts, bound.doubt ?? true, danger.isChange !== true || changes]);
      };
    };

    /** Null = what puts a policy into effect does not in this namespace. */
    const findOfBinding = (bound: Bound, place: PolicyNamespace): Guard | null => {
      const { judge, scopes, isSameEverywhere, actsIn, seesChangesIn, seesAddedIn } = bound;
      if (!scopes.every((scope) => matchesSelector(scope.namespaceSelector, place.labels))) return null;
      const acts = actsIn(place);
      if (acts === false) return null;
      const seen = isSameEverywhere ? trialOf(judge).seenOf(place.name, places.get(place.name) ?? null) : `of ${place.name}`;
      const [changes, seesAdded] = [seesChangesIn(place), seesAddedIn(place)];
      const key = `${acts} ${changes} ${seesAdded} ${seen}`;
      const known = guardsOf(bound);
      const guard = known.get(key) ?? toGuard(bound, place, acts, changes, seesAdded);
      known.set(key, guard);
      return guard;
    };

    /** Of a namespace by the numbers of what puts policies into effect: several controls ask, and there may be a million of both together. */
    const ofPlace = rememberedOf((_: PolicyNamespace): (Guard | null | undefined)[] => []);
    const ofBinding = (bound: Bound, place: PolicyNamespace): Guard | null => {
      const [found, number] = [ofPlace(place), numbers.get(bound) ?? -1];
      const known = found[number];
      return known === undefined ? (found[number] = findOfBinding(bound, place)) : known;
    };

    return (policy, among) => {
      const guards = new Set<Guard>();
      for (const bound of bindings.get(policy) ?? []) {
        for (const place of among) {
          const guard = ofBinding(bound, place);
          if (guard) guards.add(guard);
        }
      }
      // The very same for namespaces that are the same to a policy.
      const [only = LETS_IN] = guards;
      return guards.size < 2 ? only : (danger) => anyOf(guards.values().map((guard) => guard(danger)));
    };
  },
});

/** What keeps pods that take over a node out of a namespace in place of Pod Security labels. */
export interface TakeoverGuard {
  /** The policies that refuse any such pod, or may, which is then not sure. */
  readonly policies: readonly { readonly ref: ResourceRef; readonly isSure: boolean }[];
  /** One of them asks who makes a pod: whom it names may be let through, unless that is anybody. */
  readonly asksWho: boolean;
  /** What they make of each way to take over a node; what that is, as part of a sentence. */
  readonly answers: readonly { readonly check: string; readonly what: string; readonly refusal: Refusal }[];
  /** Whether one of those that refuse privileged containers may look at those too that are added to a running pod. */
  readonly seesAdded: boolean;
  /** A policy that would refuse some of them in a namespace, and why it does nothing there, as part of a sentence; null = there is none. */
  readonly idleIn: (place: PolicyNamespace) => { readonly ref: ResourceRef; readonly idleBecause: string } | null;
}

/** The policies in CEL that do, together: one may refuse privileged containers, another the host's namespaces. */
export const takeoverGuardsView = defineView({
  reads: READ_FOR_TRIALS,
  compute: (context): ((place: PolicyNamespace) => TakeoverGuard) => {
    const findGuard = context.view(podGuardsView);
    const words = context.view(policyWordsView);
    // Where whoever writes a pod decides whether it is seen, it is no guard.
    const guards = [...context.view(boundPoliciesView)].flatMap(([policy, bound]) => {
      const sparesIn = (place: PolicyNamespace): Refusal => bound.flatMap((item) => item.sparesIn(place) ?? [])[0] ?? true;
      return bound.some(({ doubt }) => doubt === null) ? { policy, bound, sparesIn } : [];
    });
    const speaking = guards.filter(({ policy }) => TAKEOVERS.some((danger) => speaksOf(words(policy), danger)));
    const idleIn: TakeoverGuard["idleIn"] = (place) => {
      for (const { policy, bound } of speaking) {
        const [idleBecause] = bound.flatMap((item) => item.idleIn(place) ?? []);
        if (idleBecause !== undefined) return { ref: policy.ref, idleBecause };
      }
      return null;
    };
    const toGuard = (here: readonly Guard[], spares: readonly Refusal[]): TakeoverGuard => {
      const answers = TAKEOVERS.map((danger) => ({
        danger,
        by: guards.map(({ policy }, index) => ({
          policy,
          refusal: allOf([here[index]?.(danger) ?? false, spares[index] ?? true]),
          seesAdded: here[index]?.(ADDED) === true,
        })),
      }));
      const refusing = answers.flatMap(({ by }) => by.filter(({ refusal }) => refusal !== false));
      const acting = new Set(refusing.map(({ policy }) => policy));
      const sure = new Set(refusing.filter(({ refusal }) => refusal === true).map(({ policy }) => policy));
      return {
        policies: [...acting].map((policy) => ({ ref: policy.ref, isSure: sure.has(policy) })),
        asksWho: [...acting].some((policy) => words(policy).has("userInfo") || judgesOf(policy).some(({ rule }) => rule !== null && sparesPeople(rule))),
        seesAdded: answers[0]?.by.some(({ refusal, seesAdded }) => refusal === true && seesAdded) === true,
        answers: answers.map(({ danger: { check, what }, by }) => ({ check, what, refusal: anyOf(by.map(({ refusal }) => refusal)) })),
        idleIn,
      };
    };
    const numbers = new Map<Guard, number>();
    const found = new Map<string, TakeoverGuard>();
    return (place) => {
      const here = guards.map(({ policy }) => findGuard(policy, [place]));
      for (const guard of here) if (!numbers.has(guard)) numbers.set(guard, numbers.size);
      const spares = guards.map(({ sparesIn }) => sparesIn(place));
      const key = here.map((guard, index) => `${numbers.get(guard)} ${spares[index]}`).join();
      const guard = found.get(key) ?? toGuard(here, spares);
      found.set(key, guard);
      return guard;
    };
  },
});

/** A policy as trying it shows, if it can be tried; what it refuses, as parts of a sentence. */
export interface TriedPolicy extends AdmissionPolicy {
  readonly refuses: readonly string[];
}

const HARMLESS = "of each that it was tried on, it lets a pod through";

/** Says of policies whether they refuse dangerous pods in one of the guarded namespaces: as trying them shows, or, of those that cannot be tried, their words. */
export const triedPoliciesView = defineView({
  reads: READ_FOR_TRIALS,
  compute: (context): ((policy: AdmissionPolicy) => TriedPolicy) => {
    const findGuard = context.view(podGuardsView);
    const spoken = context.view(spokenDangersView);
    const bindings = context.view(boundPoliciesView);
    const wordsOfPolicy = context.view(policyWordsView);
    const guarded: GuardedNamespaces = context.view(guardedNamespacesView);
    const places = guarded.namespaces.length > 0 ? guarded.namespaces : [toPolicyNamespace("default")];
    return (policy) => {
      if (policy.laxBecause !== null || !policy.seesPods) return { ...policy, refuses: [] };
      if (!bindings.has(policy.object)) return { ...spoken(policy), refuses: [] };
      const words = wordsOfPolicy(policy.object);
      const refusesAnywhere = findGuard(policy.object, places);
      const [unspoken] = DANGERS_APART.filter((danger) => !speaksOf(words, danger));
      // Of all that it does not speak of, it says the same.
      const ofUnspoken = unspoken !== undefined && refusesAnywhere(unspoken);
      const answers = DANGERS_APART.map((danger) => ({ danger, refusal: speaksOf(words, danger) ? refusesAnywhere(danger) : ofUnspoken }));
      const sure = [...new Set(answers.filter(({ refusal }) => refusal === true).map(({ danger }) => danger.what))];
      if (sure.length > 0) return { ...policy, unsureBecause: null, refuses: sure };
      const doubt = answers.map(({ refusal }) => refusal).find((refusal) => typeof refusal === "string");
      return doubt === undefined
        ? { ...policy, laxBecause: HARMLESS, refuses: [] }
        : { ...policy, unsureBecause: (policy.isUntold === true ? policy.unsureBecause : null) ?? doubt, refuses: [] };
    };
  },
});
