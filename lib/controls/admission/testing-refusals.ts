import { toPolicyNamespace } from "../../inventory/admission/policy-namespace";
import { isConstraint } from "../../inventory/admission/gatekeeper-constraint";
import { namespace } from "../../inventory/testing";
import { createTestContext } from "../../inventory/testing-context";
import type { JsonRecord } from "../../model/json";
import { DANGERS } from "../../pod-security/exemplary-pods";
import { isTried } from "./policy-judges";
import { podGuardsView } from "./pod-guards";
import type { Refusal } from "./refusal";

/** What a policy refuses of each danger in the namespace shop, those that it lets through left out. */
export function refusals(objects: readonly JsonRecord[], labels: Readonly<Record<string, string>> = {}): Readonly<Record<string, Refusal>> {
  const context = createTestContext([...objects, namespace({ labels })]);
  const { admissionPolicies, policyEngineObjects } = context.slices;
  const policies = [...admissionPolicies, ...policyEngineObjects];
  const policy = policies.find(isTried) ?? policies.find(isConstraint);
  if (!policy) throw new Error("no policy");
  const answers = DANGERS.map((danger) => [danger.check, context.view(podGuardsView)(policy, [toPolicyNamespace("shop", labels)])(danger)] as const);
  return Object.fromEntries(answers.filter(([, refusal]) => refusal !== false));
}
