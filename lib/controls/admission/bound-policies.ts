import { doubtOfScopes } from "../../inventory/admission/admission-policy";
import { judgedInView, type Missed, missedByEnginesView } from "../../inventory/admission/asked-engines";
import { whyPluginOffView } from "../../inventory/admission/admission-plugins";
import type { KubeObject } from "../../inventory/kube-object";
import { matchesSelector } from "../../inventory/labels/label-selector";
import { constraintsInCelView } from "../../inventory/admission/gatekeeper-cel";
import { constraintChooses, constraintMeansPods, constraintSeesNamespace, whyConstraintOnlyReports } from "../../inventory/admission/gatekeeper-constraint";
import { isForNamespace, isValidatingInCel, laxInCel } from "../../inventory/admission/kyverno-cel";
import { appliesToAll } from "../../inventory/admission/kyverno-conditions";
import { withContextView } from "../../inventory/admission/kyverno-context";
import { kyvernoExemptionsView, voidedBy } from "../../inventory/admission/kyverno-exceptions";
import { asStartedView } from "../../inventory/admission/kyverno-flags";
import { isOverruledIn, OVERRULED, refusesIn } from "../../inventory/admission/kyverno-actions";
import { CHOSEN_BY_RULES } from "../../inventory/admission/kyverno-match";
import { allHoldIn, expressionsOf } from "../../inventory/admission/match-condition";
import { isGenerated, whyNotReady } from "../../inventory/admission/kyverno-status";
import { bindingsOf, bindsChanges, bindsPods, hasSameEverywhere, isDenying, type Scopes, scopesOf } from "../../inventory/admission/native-policies";
import type { PolicyNamespace } from "../../inventory/admission/policy-namespace";
import type { Changed } from "../../inventory/admission/security-webhook";
import { READ_FOR_HEARING } from "../../inventory/admission/unheard-webhooks";
import { defineView } from "../../inventory/view";
import { type JsonRecord, record, text } from "../../model/json";
import { isTried, judgesOf } from "./policy-judges";
import { allOf, type Refusal } from "./refusal";

const CHOSEN_BY_CONSTRAINT = "labels or names choose what it sees";
const CHOSEN_BY_WEBHOOK = "labels or conditions choose which changes its engine is asked about";

/** What puts a policy into effect on pods: a binding of the API server's, or Kyverno. */
export interface Bound {
  /** What judges, in CEL. */
  readonly judge: KubeObject;
  /** Of the binding, if there is one. */
  readonly spec: JsonRecord;
  readonly isDenying: boolean;
  readonly scopes: Scopes;
  /** Why what it sees is for whoever writes a pod to choose, as part of a sentence; null = it sees every pod where it is for pods. */
  readonly doubt: string | null;
  readonly isSameEverywhere: boolean;
  /** Whether it sees what pods of a namespace are changed to. */
  readonly seesChangesIn: (place: PolicyNamespace) => Refusal;
  /** Whether it may see containers that are added to a running pod there. */
  readonly seesAddedIn: (place: PolicyNamespace) => boolean;
  /** What exceptions may take out of it in a namespace, as part of a sentence; null = nothing. */
  readonly sparesIn: (place: PolicyNamespace) => string | null;
  /** Whether it acts in a namespace that its selectors choose. */
  readonly actsIn: (place: PolicyNamespace) => Refusal;
  /** Why it does nothing in a namespace that it is for, as part of a sentence; null = nothing of that kind is known. */
  readonly idleIn: (place: PolicyNamespace) => string | null;
}

function toBound(spec: JsonRecord, scopes: Scopes, acts: Pick<Bound, "judge" | "isDenying" | "sparesIn" | "actsIn" | "idleIn">): Bound[] {
  if (!bindsPods(scopes)) return [];
  const judged = record(acts.judge.body.spec);
  const [ofPods, ofAdded] = [bindsChanges(scopes, "pods"), bindsChanges(scopes, "pods/ephemeralcontainers")];
  return [
    {
      spec,
      scopes,
      doubt: doubtOfScopes({}, scopes),
      isSameEverywhere: hasSameEverywhere(judged, spec),
      seesChangesIn: () => ofPods,
      // What is changed is tried as such; added containers are not.
      seesAddedIn: ({ name }) => ofAdded && allHoldIn(expressionsOf(judged.matchConditions), name, "UPDATE") !== false,
      ...acts,
    },
  ];
}

/** What is left of changes that a policy sees where its engine is asked about some, or about none. */
function whereAsked(bound: Bound, { seesIn }: Pick<Missed, "seesIn">): Bound {
  const isAsked = (resource: Changed, place: PolicyNamespace): Refusal => seesIn(resource, place) ?? CHOSEN_BY_WEBHOOK;
  return {
    ...bound,
    seesChangesIn: (place) => allOf([bound.seesChangesIn(place), isAsked("pods", place)]),
    seesAddedIn: (place) => bound.seesAddedIn(place) && isAsked("pods/ephemeralcontainers", place) !== false,
  };
}

/** `off` = why the API server judges by none of its policies; null = it does. */
function fromBindings(policy: KubeObject, objects: readonly KubeObject[], off: string | null): readonly Bound[] {
  return bindingsOf(policy, objects).flatMap((binding) => {
    const spec = record(binding.body.spec);
    const scopes = scopesOf(record(policy.body.spec), spec);
    const isMeant = ({ labels }: PolicyNamespace): boolean =>
      isDenying(binding) && scopes.every(({ namespaceSelector }) => matchesSelector(namespaceSelector, labels));
    return toBound(spec, scopes, {
      judge: policy,
      isDenying: isDenying(binding),
      sparesIn: () => null,
      actsIn: () => off === null,
      idleIn: (place) => (isMeant(place) ? off : null),
    });
  });
}

/** All that can be tried, with what puts it into effect on pods. */
export const boundPoliciesView = defineView({
  reads: [...READ_FOR_HEARING, "admissionPolicies", "policyEngineObjects", "configMaps"],
  compute: (context): ReadonlyMap<KubeObject, readonly Bound[]> => {
    const { admissionPolicies, policyEngineObjects } = context.slices;
    const findJudging = context.view(judgedInView);
    const nativeOff = context.view(whyPluginOffView)("ValidatingAdmissionPolicy");
    const findExemption = context.view(kyvernoExemptionsView);
    const withContext = context.view(withContextView);
    const asStarted = context.view(asStartedView);
    const missed = context.view(missedByEnginesView)("Kyverno");
    const fromRule = (policy: KubeObject, judge: KubeObject, rule: JsonRecord): Bound => {
      const spec = record(policy.body.spec);
      const { validate, name } = rule;
      const rules = [{ name: text(name) ?? "", kinds: ["Pod"] }];
      const { cel } = record(validate);
      const bound = { paramRef: record(cel).paramRef };
      const seesChangesIn = (place: PolicyNamespace): Refusal => appliesToAll(rule, spec, place, "UPDATE") ?? CHOSEN_BY_RULES;
      const exemptionIn = (place: PolicyNamespace) => findExemption({ policy, rules, place });
      const isFor = (place: PolicyNamespace): boolean => isForNamespace(policy, place) && refusesIn(record(validate), spec, place);
      const actsIn = (place: PolicyNamespace): Refusal => {
        if (!isFor(place)) return false;
        const exemption = exemptionIn(place);
        const isWhole = exemption?.extent !== "all" || (voidedBy(exemption) === null && exemption.because);
        return allOf([
          appliesToAll(rule, spec, place) ?? CHOSEN_BY_RULES,
          findJudging("Kyverno", policy, place).isJudged,
          isWhole,
          !isOverruledIn(spec, place) || OVERRULED,
        ]);
      };
      return {
        judge,
        spec: bound,
        isDenying: true,
        scopes: [],
        doubt: null,
        isSameEverywhere: hasSameEverywhere(record(judge.body.spec), bound),
        seesChangesIn,
        seesAddedIn: (place) => seesChangesIn(place) !== false,
        sparesIn: (place) => exemptionIn(place)?.because ?? null,
        actsIn,
        idleIn: (place) => {
          const because = findJudging("Kyverno", policy, place).idleBecause ?? voidedBy(exemptionIn(place));
          // Most namespaces are asked about, of which nothing else need be known.
          return because !== null && isFor(place) && appliesToAll(rule, spec, place) === true ? because : null;
        },
      };
    };
    const fromCel = (policy: KubeObject): readonly Bound[] => {
      const exemption = findExemption({ policy, rules: [], place: null });
      if (laxInCel(policy) !== null || voidedBy(exemption) !== null) return [];
      const spares = exemption?.because ?? null;
      const isWhole = exemption?.extent === "all" ? exemption.because : true;
      const actsIn = (place: PolicyNamespace): Refusal => allOf([isForNamespace(policy, place) && findJudging("Kyverno", policy, place).isJudged, isWhole]);
      const idleIn = (place: PolicyNamespace) => (isForNamespace(policy, place) ? findJudging("Kyverno", policy, place).idleBecause : null);
      return toBound({}, [record(record(policy.body.spec).matchConstraints)], { judge: policy, isDenying: true, sparesIn: () => spares, actsIn, idleIn });
    };
    const fromRules = (written: KubeObject): readonly Bound[] => {
      if (record(written.body.spec).admission === false || whyNotReady(written) !== null) return [];
      const policy = withContext(written);
      return judgesOf(policy).flatMap(({ inCel, rule }) => (rule ? fromRule(policy, inCel, rule) : []));
    };
    const fromKyverno = (written: KubeObject): readonly Bound[] => {
      const policy = asStarted(written);
      const own = isValidatingInCel(policy) ? fromCel(policy) : fromRules(policy);
      if (isGenerated(policy)) return own;
      return own.map((bound) => whereAsked(bound, missed));
    };
    const inCel = context.view(constraintsInCelView);
    const missedByGatekeeper = context.view(missedByEnginesView)("Gatekeeper");
    const fromConstraint = (constraint: KubeObject, judge: KubeObject): readonly Bound[] =>
      whyConstraintOnlyReports(constraint) !== null || !constraintMeansPods(constraint)
        ? []
        : [
            whereAsked(
              {
                judge,
                spec: { paramRef: { name: constraint.ref.name } },
                isDenying: true,
                scopes: [],
                doubt: constraintChooses(constraint) ? CHOSEN_BY_CONSTRAINT : null,
                isSameEverywhere: true,
                seesChangesIn: () => true,
                seesAddedIn: () => true,
                sparesIn: () => null,
                actsIn: (place) => constraintSeesNamespace(constraint, place) && findJudging("Gatekeeper", constraint, place).isJudged,
                idleIn: (place) => (constraintSeesNamespace(constraint, place) ? findJudging("Gatekeeper", constraint, place).idleBecause : null),
              },
              missedByGatekeeper,
            ),
          ];
    return new Map([
      ...[...inCel].map(([constraint, judge]) => [constraint, fromConstraint(constraint, judge)] as const),
      ...admissionPolicies.filter(isTried).map((policy) => [policy, fromBindings(policy, admissionPolicies, nativeOff)] as const),
      ...policyEngineObjects.filter(isTried).map((policy) => [policy, fromKyverno(policy)] as const),
    ]);
  },
});
