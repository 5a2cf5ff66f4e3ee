import { type JsonRecord, record, records, text } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import { judgedInView } from "./asked-engines";
import { constraintChooses, constraintMeansPods, constraintSeesNamespace, whyConstraintOnlyReports } from "./gatekeeper-constraint";
import type { KubeObject } from "../kube-object";
import { conditionsHold } from "./kyverno-conditions";
import { type Exemption, kyvernoExemptionsView, voidedBy } from "./kyverno-exceptions";
import { guardsPods, refusesIn } from "./kyverno-match";
import { whyNotReady } from "./kyverno-status";
import type { PolicyNamespace } from "./policy-namespace";
import { defineView } from "../view";

/** The controls of the Pod Security Standards that forbid what takes over a node, as an exclusion names them. */
const TAKEOVERS: readonly unknown[] = ["Privileged Containers", "Host Namespaces", "HostPath Volumes"];

/** The rules of a policy that hold a namespace to the Pod Security Standards. */
function strictRules(policy: KubeObject, place: PolicyNamespace): readonly JsonRecord[] {
  const spec = record(policy.body.spec);
  if (spec.admission === false || whyNotReady(policy) !== null) return [];
  return records(spec.rules).filter((rule) => {
    const validate = record(rule.validate);
    const { level, exclude } = record(validate.podSecurity);
    const isWhole = records(exclude).every(({ controlName }) => !TAKEOVERS.includes(controlName));
    const isStrict = (level === "baseline" || level === "restricted") && isWhole;
    return isStrict && refusesIn(validate, spec, place) && conditionsHold(rule, spec, place) === true && guardsPods(rule, place);
  });
}

/** Of Gatekeeper's library, and of the initiatives of Azure Policy. */
const NO_PRIVILEGED_KIND = /^K8s(?:PSPPrivilegedContainer|Azure(?:V\d+)?NoPrivilege)$/;

function gatekeeperEnforces(constraint: KubeObject, place: PolicyNamespace): boolean {
  if (!NO_PRIVILEGED_KIND.test(constraint.ref.kind) || whyConstraintOnlyReports(constraint) !== null) return false;
  return constraintMeansPods(constraint) && !constraintChooses(constraint) && constraintSeesNamespace(constraint, place);
}

interface PodSecurityEngine {
  readonly ref: ResourceRef;
  /** Whether the engine judges the namespace; a text = why nobody can tell, as part of a sentence. */
  readonly isAsked: boolean | string;
  /** What is excepted from the policy in this namespace; null = nothing. */
  readonly exemption: Exemption | null;
}

/** The best first: what surely enforces, what may, what does not. */
function rank({ isAsked, exemption }: PodSecurityEngine): number {
  if (isAsked === false || voidedBy(exemption) !== null) return 2;
  return isAsked === true && exemption === null ? 0 : 1;
}

/** The policy of an admission engine that keeps privileged pods out of a namespace in place of Pod Security labels; what can be tried is tried instead. */
export const podSecurityEnginesView = defineView({
  reads: ["policyEngineObjects", "webhooks", "workloads", "configMaps"],
  compute: (context): ((namespace: PolicyNamespace) => PodSecurityEngine | null) => {
    const { policyEngineObjects: objects } = context.slices;
    const isJudgedIn = context.view(judgedInView);
    const findExemption = context.view(kyvernoExemptionsView);
    return (place) => {
      const toEngine = (engine: string, policy: KubeObject, exemption: Exemption | null): PodSecurityEngine => ({
        ref: policy.ref,
        isAsked: isJudgedIn(engine, policy, place),
        exemption,
      });
      const engines = objects.flatMap((policy): PodSecurityEngine[] => {
        const { kind, namespace } = policy.ref;
        const isRules = kind === "ClusterPolicy" || (kind === "Policy" && namespace === place.name);
        const rules = (isRules ? strictRules(policy, place) : []).map((rule) => ({ name: text(rule.name) ?? "", kinds: ["Pod"] }));
        if (rules.length > 0) return [toEngine("Kyverno", policy, findExemption({ policy, rules, place }))];
        return gatekeeperEnforces(policy, place) ? [toEngine("Gatekeeper", policy, null)] : [];
      });
      return engines.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
    };
  },
});
