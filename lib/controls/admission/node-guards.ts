import { type PodSecurityEngine, podSecurityEnginesView } from "../../inventory/admission/pod-security-engines";
import type { PolicyNamespace } from "../../inventory/admission/policy-namespace";
import { defineView } from "../../inventory/view";
import type { ResourceRef } from "../../model/resource-ref";
import { joinWords } from "../../model/join-words";
import { READ_FOR_TRIALS, type TakeoverGuard, takeoverGuardsView } from "./pod-guards";
import { allOf, anyOf, type Refusal } from "./try-policy";

const MOST_NAMED = 3;

/** What keeps pods that take over a node out of a namespace in place of Pod Security labels, whatever engine it is of. */
interface NodeGuard extends Pick<TakeoverGuard, "asksWho"> {
  /** A text = why nobody can tell, as a sentence. */
  readonly refuses: Refusal;
  /** The policies that refuse any such pod, or may. */
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

function refusalOf({ ref, refuses }: PodSecurityEngine): Refusal {
  return typeof refuses === "string" ? `${ref.kind} ${ref.name} would enforce Pod Security, but ${refuses}.` : refuses;
}

export const nodeGuardsView = defineView({
  reads: READ_FOR_TRIALS,
  compute: (context): ((place: PolicyNamespace) => NodeGuard) => {
    const guardOf = context.view(takeoverGuardsView);
    const enginesOf = context.view(podSecurityEnginesView);
    return (place) => {
      const tried = guardOf(place);
      const engines = enginesOf(place);
      const namedTried = nameByKind(tried.policies);
      const answers = tried.answers.map(({ check, what, refusal }) => {
        const own = engines.filter(({ ways }) => ways.has(check)).map(refusalOf);
        const ofTried = typeof refusal === "string" ? `${namedTried} may refuse pods here that take over a node, but ${refusal}.` : refusal;
        return { what, refusal: anyOf([...own, ofTried]) };
      });
      const policies = [...tried.policies, ...engines.filter(({ refuses }) => refuses !== false).map(({ ref }) => ref)];
      const idle = engines.find(({ idleBecause }) => idleBecause !== null);
      return {
        refuses: allOf(answers.map(({ refusal }) => refusal)),
        policies,
        named: nameByKind(policies),
        letsThrough: [...new Set(answers.flatMap(({ what, refusal }) => (refusal === false ? [what] : [])))],
        asksWho: tried.asksWho || engines.some(({ asksWho, refuses }) => asksWho && refuses !== false),
        // What the webhooks of the others miss is said of these.
        seesAdded: tried.seesAdded || engines.some(({ ways, refuses }) => ways.has("privileged") && refuses === true),
        idle: idle ? `${idle.ref.kind} ${idle.ref.name} does nothing here: ${idle.idleBecause}.` : null,
      };
    };
  },
});
