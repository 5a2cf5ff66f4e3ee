import { isRecord, type JsonRecord, list, records, text } from "../../model/json";
import { extentOfPlace, type PolicyPlace } from "./kyverno-match";
import type { PolicyNamespace } from "./policy-namespace";

const REFUSES = /^enforce$/i;

function meansSome({ namespaces, namespaceSelector }: JsonRecord): boolean {
  return list(namespaces).length > 0 || isRecord(namespaceSelector);
}

/** What a part of a rule says of its action: its overrides, or those of the policy, and then its own action, or that of the policy. */
function actionsOf(part: JsonRecord, policy: JsonRecord): { readonly overrides: readonly JsonRecord[]; readonly otherwise: string } {
  const own = text(part.failureAction);
  const ofPolicy = own === undefined ? records(policy.validationFailureActionOverrides) : [];
  return {
    overrides: [...records(part.failureActionOverrides), ...ofPolicy].filter(meansSome),
    otherwise: own ?? text(policy.validationFailureAction) ?? "Audit",
  };
}

function overriddenIn(overrides: readonly JsonRecord[], place: PolicyPlace | null): string | undefined {
  return text(overrides.find((item) => extentOfPlace(item, place) === "all")?.action);
}

/** Whether `validate` or an entry of `verifyImages` refuses what violates it in a namespace: the first override that means it decides. */
export function refusesIn(part: JsonRecord, policy: JsonRecord, namespace: PolicyNamespace): boolean {
  const { overrides, otherwise } = actionsOf(part, policy);
  return REFUSES.test(overriddenIn(overrides, namespace) ?? otherwise);
}

/** Whether it refuses anywhere: what comes after an override that means every namespace is never asked. */
export function refusesSomewhere(part: JsonRecord, policy: JsonRecord): boolean {
  const { overrides, otherwise } = actionsOf(part, policy);
  const last = overrides.findIndex((item) => extentOfPlace(item, null) === "all");
  const actions = overrides.slice(0, last < 0 ? undefined : last + 1).map((item) => text(item.action) ?? otherwise);
  return [...actions, ...(last < 0 ? [otherwise] : [])].some((action) => REFUSES.test(action));
}

/** What a rule itself says of its action in a place; undefined = it leaves that to the policy. Of entries of `verifyImages`, one that refuses is enough. */
function ownActionIn({ validate, verifyImages }: JsonRecord, place: PolicyPlace | null): string | undefined {
  if (isRecord(validate)) return overriddenIn(records(validate.failureActionOverrides).filter(meansSome), place) ?? text(validate.failureAction);
  const actions = records(verifyImages).flatMap(({ failureAction }) => text(failureAction) ?? []);
  return actions.find((action) => REFUSES.test(action)) ?? actions[0];
}

/** Why a rule that refuses what violates it may not, as part of a sentence. */
export const OVERRULED = "its first rule with an action of its own only audits, and up to release 1.18 Kyverno then refuses nothing by the others";

/** Whether releases up to 1.18, which do with all rules of a policy what the first says that says anything of itself, refuse nothing by it in a place, or anywhere. */
export function isOverruledIn(policy: JsonRecord, place: PolicyPlace | null): boolean {
  const [first] = records(policy.rules).flatMap((rule) => ownActionIn(rule, place) ?? []);
  return first !== undefined && !REFUSES.test(first);
}
