import { type AdmissionPolicy, doubtOfScopes } from "../../inventory/admission-policy";
import { parseImageReference } from "../../inventory/image-reference";
import type { KubeObject } from "../../inventory/kube-object";
import { matchesSelector } from "../../inventory/label-selector";
import { bindingsOf, bindsAdded, bindsPods, findParameters, isDenying, needsParameters, type Scopes, scopesOf } from "../../inventory/native-policies";
import { listPodImages } from "../../inventory/pod-images";
import { type GuardedNamespaces, guardedNamespacesView } from "../../inventory/policy-reach";
import { type PolicyNamespace, toPolicyNamespace } from "../../inventory/policy-namespace";
import { defineView } from "../../inventory/view";
import type { ResourceRef } from "../../model/resource-ref";
import { findRedactionMarker } from "../../inventory/secret-match";
import { type JsonRecord, record, records, text } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { type Danger, DANGERS, HARMLESS_POD, TAKEOVERS, toStranger } from "../../pod-security/exemplary-pods";
import { readPolicy } from "./read-policy";
import { allOf, anyOf, NOT_EVALUATED, type PolicyTrial, type Refusal, tryPolicy } from "./try-policy";

const UNTOLD_PARAMETERS = "its parameters are not read";
const HIDDEN_PARAMETERS = "values in its parameters are hidden";

/** Whether a ValidatingAdmissionPolicy refuses pods with a danger in a namespace. */
type RefusesDanger = (policy: KubeObject, danger: Danger, place: PolicyNamespace) => Refusal;

/** What stands for each danger that a policy does not speak of: it refuses it where it refuses everything. */
const NOTHING: Danger = { check: "", what: "", fields: [], pods: [HARMLESS_POD] };

/** All words in the expressions of a policy. One that has none for a danger refuses nothing for it. */
function wordsOf({ body }: KubeObject): ReadonlySet<string> {
  const { variables, matchConditions, validations } = record(body.spec);
  const expressions = [variables, matchConditions, validations].flatMap(records).map(({ expression }) => text(expression) ?? "");
  return new Set(expressions.flatMap((expression) => expression.match(/[a-z]+/gi) ?? []));
}

function speaksOf(words: ReadonlySet<string> | undefined, { fields }: Danger): boolean {
  return fields.some((field) => words?.has(field));
}

/** Whether a binding has the same parameters for all namespaces, or none. */
function hasSameEverywhere({ paramRef }: JsonRecord): boolean {
  return paramRef === undefined || text(record(paramRef).namespace) !== undefined;
}

/** The parameters of a binding by their namespaces, or all by null where they are the same everywhere; "untold" = they were not read, null = it takes none. */
type BoundParameters = ReadonlyMap<string | null, readonly { readonly body: JsonRecord; readonly isHidden: boolean }[]> | "untold" | null;

/** A binding that is about pods. */
interface Bound {
  readonly binding: KubeObject;
  readonly scopes: Scopes;
  readonly doubt: string | null;
  readonly isSameEverywhere: boolean;
  /** What was found, by the danger, and by the namespace where that has a say. */
  readonly told: Map<string, Refusal>;
}

function listBound(policy: KubeObject, objects: readonly KubeObject[]): readonly Bound[] {
  return bindingsOf(policy, objects).flatMap((binding) => {
    const bound = record(binding.body.spec);
    const scopes = scopesOf(record(policy.body.spec), bound);
    if (!bindsPods(scopes)) return [];
    return { binding, scopes, doubt: doubtOfScopes({}, scopes), isSameEverywhere: hasSameEverywhere(bound), told: new Map() };
  });
}

/** Whether values of an object are not kept, as they look like credentials. */
function isHidden({ body }: Pick<KubeObject, "body">): boolean {
  return findRedactionMarker(JSON.stringify(body)) !== null;
}

/**
 * What policies of the API server refuse, as trying them on exemplary pods shows. Each policy is tried once for each danger, and once more for each namespace
 * only where namespaces or parameters have a say in it.
 */
export const podGuardsView = defineView({
  reads: ["admissionPolicies", "configMaps", "namespaces"],
  compute: (context): RefusesDanger => {
    const { admissionPolicies, namespaces } = context.slices;
    const places = new Map<string, JsonRecord>(
      // What is asked of one with hidden values cannot be told, as of one that was not read.
      namespaces
        .filter((item) => !isHidden(item))
        .map(({ ref: { name }, body, labels }) => [name, { ...body, metadata: { ...record(body.metadata), ...toPolicyNamespace(name, labels) } }]),
    );
    const bindings = new Map(
      admissionPolicies.filter(({ ref }) => ref.kind === "ValidatingAdmissionPolicy").map((policy) => [policy, listBound(policy, admissionPolicies)]),
    );

    const words = new Map([...bindings.keys()].map((policy) => [policy, wordsOf(policy)]));
    const inForce = [...bindings.values()].filter((own) => own.length > 0).length;

    const trialOf = rememberedOf((policy: KubeObject): PolicyTrial | null => {
      const read = readPolicy(policy);
      return read && tryPolicy(read, inForce);
    });

    const parameters = new Map<KubeObject, BoundParameters>();

    /** Sought once for each binding: there may be as many of them as namespaces. */
    const parametersOf = (policy: KubeObject, { binding, isSameEverywhere }: Bound): BoundParameters => {
      const known = parameters.get(binding);
      if (known !== undefined) return known;
      const found = findParameters(record(policy.body.spec), record(binding.body.spec), context);
      const read =
        found === null || found === "untold"
          ? found
          : Map.groupBy(
              found.map(({ ref, body }) => ({ place: isSameEverywhere ? null : ref.namespace, body, isHidden: isHidden({ body }) })),
              ({ place }) => place,
            );
      parameters.set(binding, read);
      return read;
    };

    const tryIn = (policy: KubeObject, bound: Bound, danger: Danger, place: PolicyNamespace): Refusal => {
      const { binding, isSameEverywhere } = bound;
      const trial = trialOf(policy);
      const found = parametersOf(policy, bound);
      if (found === "untold") return isDenying(binding) && UNTOLD_PARAMETERS;
      const own = found?.get(isSameEverywhere ? null : place.name);
      if (found !== null && own === undefined) return !needsParameters(record(policy.body.spec), record(binding.body.spec));
      if (!isDenying(binding)) return false;
      if (!trial) return NOT_EVALUATED;
      if (own?.some((item) => item.isHidden)) return HIDDEN_PARAMETERS;
      const refuses = (params: JsonRecord | null) =>
        trial.refusesDanger(danger, { namespace: place.name, namespaceObject: places.get(place.name) ?? null, params });
      return anyOf(own ? own.values().map(({ body }) => refuses(body)) : [refuses(null)]);
    };

    const ofBinding = (policy: KubeObject, bound: Bound, danger: Danger, place: PolicyNamespace): Refusal => {
      const { scopes, doubt, isSameEverywhere, told } = bound;
      if (!scopes.every((scope) => matchesSelector(scope.namespaceSelector, place.labels))) return false;
      const isSame = isSameEverywhere && trialOf(policy)?.dependsOnPlace === false;
      const isSpoken = speaksOf(words.get(policy), danger);
      const meant = isSpoken ? danger : NOTHING;
      const key = isSame ? meant.check : `${meant.check} ${place.name}`;
      const found = told.get(key) ?? tryIn(policy, bound, meant, place);
      told.set(key, found);
      const refusal = typeof found === "string" && !isSpoken ? false : found;
      return allOf([refusal, doubt ?? true]);
    };

    return (policy, danger, place) => anyOf((bindings.get(policy) ?? []).values().map((bound) => ofBinding(policy, bound, danger, place)));
  },
});

/** What keeps pods that take over a node out of a namespace in place of Pod Security labels. */
export interface TakeoverGuard {
  readonly refuses: Refusal;
  /** The policies that refuse any such pod, or may. */
  readonly policies: readonly ResourceRef[];
  /** What they let through, as parts of a sentence. */
  readonly letsThrough: readonly string[];
  /** Whether one of those that refuse privileged containers may look at those too that are added to a running pod. */
  readonly seesAdded: boolean;
}

/** The policies of the API server that do, together: one may refuse privileged containers, another the host's namespaces. */
export const takeoverGuardsView = defineView({
  reads: ["admissionPolicies", "configMaps", "namespaces"],
  compute: (context): ((place: PolicyNamespace) => TakeoverGuard) => {
    const refuses = context.view(podGuardsView);
    const { admissionPolicies } = context.slices;
    const policies = admissionPolicies.filter(({ ref }) => ref.kind === "ValidatingAdmissionPolicy");
    const seeAdded = new Set(
      policies.filter(
        (policy) =>
          wordsOf(policy).has("ephemeralContainers") &&
          bindingsOf(policy, admissionPolicies).some((binding) => bindsAdded(scopesOf(record(policy.body.spec), record(binding.body.spec)))),
      ),
    );
    return (place) => {
      const answers = TAKEOVERS.map((danger) => ({ danger, by: policies.map((policy) => ({ policy, refusal: refuses(policy, danger, place) })) }));
      const acting = new Set(answers.flatMap(({ by }) => by.filter(({ refusal }) => refusal !== false).map(({ policy }) => policy.ref)));
      const refusals = answers.map(({ by }) => anyOf(by.map(({ refusal }) => refusal)));
      return {
        refuses: allOf(refusals),
        policies: [...acting],
        seesAdded: answers[0]?.by.some(({ policy, refusal }) => refusal !== false && seeAdded.has(policy)) === true,
        letsThrough: answers.flatMap(({ danger }, index) => (refusals[index] === false ? [danger.what] : [])),
      };
    };
  },
});

/** A policy of the API server as trying it shows; what it refuses, as parts of a sentence. */
export interface TriedPolicy extends AdmissionPolicy {
  readonly refuses: readonly string[];
}

const HARMLESS = "it lets through every dangerous pod that it was tried on";

/** Says of policies of the API server whether they refuse dangerous pods in one of the guarded namespaces; what other engines do is left as it is. */
export const triedPoliciesView = defineView({
  reads: ["admissionPolicies", "configMaps", "namespaces", "workloads"],
  compute: (context): ((policy: AdmissionPolicy) => TriedPolicy) => {
    const refuses = context.view(podGuardsView);
    const guarded: GuardedNamespaces = context.view(guardedNamespacesView);
    const places = guarded.namespaces.length > 0 ? guarded.namespaces : [toPolicyNamespace("default")];
    return (policy) => {
      if (policy.engine !== "ValidatingAdmissionPolicy" || policy.laxBecause !== null || !policy.seesPods) return { ...policy, refuses: [] };
      const words = wordsOf(policy.object);
      const refusesAnywhere = (danger: Danger): Refusal => anyOf(places.values().map((place) => refuses(policy.object, danger, place)));
      const [unspoken] = DANGERS.filter((danger) => !speaksOf(words, danger));
      // Of all that it does not speak of, it says the same.
      const ofUnspoken = unspoken !== undefined && refusesAnywhere(unspoken);
      const answers = DANGERS.map((danger) => ({ danger, refusal: speaksOf(words, danger) ? refusesAnywhere(danger) : ofUnspoken }));
      const sure = answers.filter(({ refusal }) => refusal === true).map(({ danger }) => danger.what);
      if (sure.length > 0) return { ...policy, unsureBecause: null, refuses: sure };
      const doubt = answers.map(({ refusal }) => refusal).find((refusal) => typeof refusal === "string");
      return doubt === undefined
        ? { ...policy, laxBecause: HARMLESS, refuses: [] }
        : { ...policy, unsureBecause: (policy.isUntold === true ? policy.unsureBecause : null) ?? doubt, refuses: [] };
    };
  },
});

/** Images that registries are tried with. */
const MOST_IMAGES = 20;

/** Whether a policy of the API server limits the registries of images: it lets an image in that is in use, and refuses it from a registry that nobody knows. */
export const registryLimitsView = defineView({
  reads: ["admissionPolicies", "configMaps", "namespaces", "workloads"],
  compute: (context): ((policy: KubeObject) => Refusal) => {
    const refuses = context.view(podGuardsView);
    const { namespaces } = context.view(guardedNamespacesView);
    const images = new Set(
      context.slices.workloads
        .flatMap((workload) => workload.views())
        .flatMap(listPodImages)
        .flatMap(({ value }) => text(value) ?? []),
    );
    const strangers = [...images].flatMap((image) => {
      const reference = parseImageReference(image);
      return reference ? [toStranger(image, reference)] : [];
    });
    const tried = strangers.slice(0, MOST_IMAGES);
    return (policy) => {
      const words = wordsOf(policy);
      const asked = tried.filter((stranger, index) => index === 0 || speaksOf(words, stranger));
      return anyOf(asked.values().flatMap((stranger) => namespaces.values().map((place) => refuses(policy, stranger, place))));
    };
  },
});
