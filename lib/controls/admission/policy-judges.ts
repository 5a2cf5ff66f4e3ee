import { findUnreadPart } from "../../inventory/admission/find-unread-part";
import { conditionsToTry, failsOpen } from "../../inventory/admission/kyverno-conditions";
import { celOfRule } from "../../inventory/admission/kyverno-questions";
import { isValidatingInCel } from "../../inventory/admission/kyverno-cel";
import type { KubeObject } from "../../inventory/kube-object";
import { isRecord, type JsonRecord, record, records } from "../../model/json";
import { rememberedOf } from "../../model/remembered";

/** A part of a policy that judges by itself, as a policy in CEL. */
interface Judge {
  readonly inCel: KubeObject;
  /** The rule of Kyverno that it was; null = the policy is in CEL. */
  readonly rule: JsonRecord | null;
}

function toSpec(rule: JsonRecord, policy: JsonRecord): JsonRecord {
  const validate = record(rule.validate);
  const { cel, deny, podSecurity } = validate;
  const failurePolicy = failsOpen(policy) ? "Ignore" : "Fail";
  if (isRecord(podSecurity)) return { podSecurity };
  const matchConditions = conditionsToTry(rule, policy);
  if (isRecord(cel)) {
    const { variables, expressions, paramKind } = cel;
    return { variables, paramKind, matchConditions, validations: expressions, failurePolicy };
  }
  const isUnconditional = isRecord(deny) && Object.keys(record(deny.conditions)).length === 0 && records(deny.conditions).length === 0;
  const expression = isUnconditional ? "false" : celOfRule(validate, failsOpen(policy));
  if (expression !== null) return { failurePolicy, matchConditions, validations: [{ expression }] };
  const { message: _, ...asked } = validate;
  return { failurePolicy, matchConditions, validations: [{ expression: JSON.stringify(asked), unread: findUnreadPart(validate) }] };
}

/** The parts of a policy that can be tried; none = it cannot. */
export const judgesOf = rememberedOf((policy: KubeObject): readonly Judge[] => {
  const { ref, body } = policy;
  if (ref.kind === "ValidatingAdmissionPolicy" || isValidatingInCel(policy)) return [{ inCel: policy, rule: null }];
  if (ref.kind !== "ClusterPolicy" && ref.kind !== "Policy") return [];
  const spec = record(body.spec);
  const rules = records(spec.rules).filter((rule) => isRecord(rule.validate));
  return rules.map((rule) => ({
    inCel: { ...policy, ref: { ...ref, kind: "ValidatingAdmissionPolicy" }, body: { ...body, spec: toSpec(rule, spec) } },
    rule,
  }));
});

/** Whether what a policy refuses is found by trying it. */
export function isTried(policy: KubeObject): boolean {
  return judgesOf(policy).length > 0;
}
