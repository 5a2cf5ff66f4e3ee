import { doubtOfScopes } from "../../inventory/admission/admission-policy";
import { judgedInView, missedByEnginesView } from "../../inventory/admission/asked-engines";
import type { KubeObject } from "../../inventory/kube-object";
import { isForNamespace, isValidatingInCel, laxInCel } from "../../inventory/admission/kyverno-cel";
import { kyvernoExemptionsView, voidedBy } from "../../inventory/admission/kyverno-exceptions";
import { isGenerated } from "../../inventory/admission/kyverno-status";
import { bindingsOf, bindsAdded, bindsPods, isDenying, type Scopes, scopesOf } from "../../inventory/admission/native-policies";
import type { PolicyNamespace } from "../../inventory/admission/policy-namespace";
import { defineView } from "../../inventory/view";
import { type JsonRecord, record, text } from "../../model/json";
import { allOf, type Refusal } from "./try-policy";

/** What puts a policy into effect on pods: a binding of the API server's, or Kyverno. */
export interface Bound {
  /** Of the binding, if there is one. */
  readonly spec: JsonRecord;
  readonly isDenying: boolean;
  readonly scopes: Scopes;
  /** Why what it sees is for whoever writes a pod to choose, as part of a sentence; null = it sees every pod where it is for pods. */
  readonly doubt: string | null;
  readonly isSameEverywhere: boolean;
  readonly seesChanges: boolean;
  /** Whether it sees containers that are added to a running pod. */
  readonly seesAdded: boolean;
  /** What exceptions may take out of it, as part of a sentence; null = nothing. */
  readonly spares: string | null;
  /** Whether it acts in a namespace that its selectors choose. */
  readonly actsIn: (place: PolicyNamespace) => Refusal;
}

/** Whether what a policy refuses is found by trying it. */
export function isTried(policy: KubeObject): boolean {
  return policy.ref.kind === "ValidatingAdmissionPolicy" || isValidatingInCel(policy);
}

/** Whether a binding has the same parameters for all namespaces, or none. */
function hasSameEverywhere({ paramRef }: JsonRecord): boolean {
  return paramRef === undefined || text(record(paramRef).namespace) !== undefined;
}

function toBound(spec: JsonRecord, scopes: Scopes, acts: Pick<Bound, "isDenying" | "spares" | "actsIn">): Bound[] {
  if (!bindsPods(scopes)) return [];
  const seesChanges = bindsPods(scopes, "UPDATE");
  return [{ spec, scopes, doubt: doubtOfScopes({}, scopes), isSameEverywhere: hasSameEverywhere(spec), seesChanges, seesAdded: bindsAdded(scopes), ...acts }];
}

function fromBindings(policy: KubeObject, objects: readonly KubeObject[]): readonly Bound[] {
  return bindingsOf(policy, objects).flatMap((binding) => {
    const spec = record(binding.body.spec);
    return toBound(spec, scopesOf(record(policy.body.spec), spec), { isDenying: isDenying(binding), spares: null, actsIn: () => true });
  });
}

/** All that can be tried, with what puts it into effect on pods. */
export const boundPoliciesView = defineView({
  reads: ["admissionPolicies", "policyEngineObjects", "webhooks", "workloads", "configMaps"],
  compute: (context): ReadonlyMap<KubeObject, readonly Bound[]> => {
    const { admissionPolicies, policyEngineObjects } = context.slices;
    const isJudgedIn = context.view(judgedInView);
    const findExemption = context.view(kyvernoExemptionsView);
    const missed = context.view(missedByEnginesView)("Kyverno");
    const fromKyverno = (policy: KubeObject): readonly Bound[] => {
      const exemption = findExemption({ policy, rules: [], place: null });
      if (laxInCel(policy) !== null || voidedBy(exemption) !== null) return [];
      const spares = exemption?.because ?? null;
      const isWhole = exemption?.extent === "all" ? exemption.because : true;
      const actsIn = (place: PolicyNamespace): Refusal => allOf([isForNamespace(policy, place) && isJudgedIn("Kyverno", policy, place), isWhole]);
      const own = toBound({}, [record(record(policy.body.spec).matchConstraints)], { isDenying: true, spares, actsIn });
      if (isGenerated(policy)) return own;
      return own.map((bound) => ({ ...bound, seesChanges: bound.seesChanges && !missed.changes, seesAdded: bound.seesAdded && !missed.added }));
    };
    return new Map([
      ...admissionPolicies.filter(isTried).map((policy) => [policy, fromBindings(policy, admissionPolicies)] as const),
      ...policyEngineObjects.filter(isTried).map((policy) => [policy, fromKyverno(policy)] as const),
    ]);
  },
});
