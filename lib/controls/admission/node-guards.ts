import { gatekeeperGuardsView } from "../../inventory/admission/gatekeeper-guards";
import type { PolicyNamespace } from "../../inventory/admission/policy-namespace";
import { defineView } from "../../inventory/view";
import type { ResourceRef } from "../../model/resource-ref";
import { joinWords } from "../../model/join-words";
import { READ_FOR_TRIALS, type TakeoverGuard, takeoverGuardsView } from "./pod-guards";
import { allOf, anyOf, type Refusal } from "./refusal";

const MOST_NAMED = 3;

/** What keeps pods that take over a node out of a namespace in place of Pod Security labels, whatever engine it is of. */
interface NodeGuard extends Pick<TakeoverGuard, "asksWho"> {
  /** A text = why nobody can tell, as a sentence. */
  readonly refuses: Refusal;
  /** The policies that refuse any such pod, and where they do not all, also those that may. */
  readonly policies: readonly ResourceRef[];
  /** Their names, for a sentence. */
  readonly named: string;
  /** What they let through, as parts of a sentence. */
  readonly letsThrough: readonly string[];
  /** Whether one of those that refuse privileged containers may look at those too that are added to a running pod. */
  readonly seesAdded: boolean;
  /** A policy that would be among them, and why it is not, as a sentence; null = there is none. */
  readonly idle: string | null;
}

/** `ValidatingAdmissionPolicy a and b and ValidatingPolicy c`. */
function nameByKind(policies: readonly ResourceRef[]): string {
  const namesOf = (own: readonly ResourceRef[]): readonly string[] => own.map(({ name }) => name);
  return joinWords([...Map.groupBy(policies, ({ kind }) => kind)].map(([kind, own]) => `${kind} ${joinWords(namesOf(own), MOST_NAMED)}`));
}

/** A sentence: why a policy would keep such pods out, and cannot be said to. */
function doubt(named: string, refusal: Refusal): Refusal {
  return typeof refusal === "string" ? `${named} may refuse pods here that take over a node, but ${refusal}.` : refusal;
}

export const nodeGuardsView = defineView({
  reads: READ_FOR_TRIALS,
  compute: (context): ((place: PolicyNamespace) => NodeGuard) => {
    const guardOf = context.view(takeoverGuardsView);
    const constraintsOf = context.view(gatekeeperGuardsView);
    return (place) => {
      const tried = guardOf(place);
      const constraints = constraintsOf(place);
      const namedTried = nameByKind(tried.policies.map(({ ref }) => ref));
      const answers = tried.answers.map(({ check, what, refusal }) => {
        const own = constraints.filter(({ ways }) => ways.has(check)).map(({ ref, refuses }) => doubt(nameByKind([ref]), refuses));
        return { what, refusal: anyOf([...own, doubt(namedTried, refusal)]) };
      });
      const refuses = allOf(answers.map(({ refusal }) => refusal));
      const ofConstraints = constraints.flatMap((item) => (item.refuses === false ? [] : { ref: item.ref, isSure: item.refuses === true }));
      const policies = [...tried.policies, ...ofConstraints].filter(({ isSure }) => isSure || refuses !== true).map(({ ref }) => ref);
      const idle =
        refuses === false
          ? (constraints.flatMap(({ ref, idleBecause }) => (idleBecause === null ? [] : { ref, idleBecause }))[0] ?? tried.idleIn(place))
          : null;
      return {
        refuses,
        policies,
        named: nameByKind(policies),
        letsThrough: [...new Set(answers.flatMap(({ what, refusal }) => (refusal === false ? [what] : [])))],
        asksWho: tried.asksWho,
        seesAdded:
          tried.seesAdded || constraints.some((constraint) => constraint.seesAdded && constraint.ways.has("privileged") && constraint.refuses === true),
        idle: idle && `${idle.ref.kind} ${idle.ref.name} does nothing here: ${idle.idleBecause}.`,
      };
    };
  },
});
