import { isRecord, type JsonRecord, list, record, records, text, texts } from "../model/json";
import { type AdmissionPolicy, isPodKind, seesPodMakers } from "./admission-policy";
import type { KubeObject } from "./kube-object";
import { failsOpen } from "./kyverno-conditions";
import { type Exemption, type PolicyQuestion, voidedBy } from "./kyverno-exceptions";
import { type PolicyPlace, toKind } from "./kyverno-match";

type FindExemption = (question: PolicyQuestion) => Exemption | null;

/** The namespace that a policy is about; null = any. */
function placeOf({ ref }: KubeObject): PolicyPlace | null {
  return ref.kind === "Policy" || ref.kind.startsWith("Namespaced") ? { name: ref.namespace ?? "default", labels: null } : null;
}

/** What exceptions leave of a policy that refuses by itself. */
function afterExceptions(lax: string | null, exemption: Exemption | null): Pick<AdmissionPolicy, "laxBecause" | "unsureBecause" | "spares"> {
  if (lax !== null || exemption === null) return { laxBecause: lax, unsureBecause: null, spares: null };
  const isAll = exemption.extent === "all";
  return { laxBecause: voidedBy(exemption), unsureBecause: isAll && !exemption.isInForce ? exemption.because : null, spares: isAll ? null : exemption.because };
}

function kindsOfRule(rule: JsonRecord): readonly string[] {
  const match = record(rule.match);
  return [...records(match.any), ...records(match.all), match].flatMap((item) => texts(record(item.resources).kinds)).map(toKind);
}

function isEnforce(action: unknown): boolean {
  return /^enforce$/i.test(text(action) ?? "");
}

/** Whether a rule refuses anywhere: what it says itself comes before what the whole policy says. */
function enforces(rule: JsonRecord, spec: JsonRecord): boolean {
  const parts = [record(rule.validate), ...records(rule.verifyImages)];
  const own = parts.flatMap((part) => text(part.failureAction) ?? []);
  const overrides = parts.flatMap((part) => records(part.failureActionOverrides));
  const ofPolicy = own.length > 0 ? [] : [spec.validationFailureAction, ...records(spec.validationFailureActionOverrides).map((item) => item.action)];
  return [...own, ...overrides.map((item) => item.action), ...ofPolicy].some(isEnforce);
}

/** A ClusterPolicy, or a Policy of one namespace. */
export function fromKyvernoRules(object: KubeObject, findExemption: FindExemption): AdmissionPolicy[] {
  const spec = record(object.body.spec);
  const rules = records(spec.rules).filter((rule) => isRecord(rule.validate) || list(rule.verifyImages).length > 0);
  if (rules.length === 0) return [];
  const strict = rules.filter((rule) => enforces(rule, spec));
  const lax = strict.length === 0 ? "it only audits" : spec.admission === false ? "it is not used at admission" : null;
  const [action] = rules.flatMap((rule) => [record(rule.validate), ...records(rule.verifyImages)].flatMap((part) => text(part.failureAction) ?? []));
  const whole = text(spec.validationFailureAction);
  const asked = strict.map((rule) => ({ name: text(rule.name) ?? "", kinds: kindsOfRule(rule) }));
  return [
    {
      object,
      engine: "Kyverno",
      path: whole === undefined && action !== undefined ? "spec.rules" : "spec.validationFailureAction",
      value: whole ?? action,
      ...afterExceptions(lax, lax === null ? findExemption({ policy: object, rules: asked, place: placeOf(object) }) : null),
      failsOpen: failsOpen(spec),
      seesPods: (strict.length > 0 ? strict : rules).flatMap(kindsOfRule).some(isPodKind),
    },
  ];
}

/** Those in CEL, of the cluster and of one namespace. Without an action they deny. */
export function fromKyvernoInCel(object: KubeObject, findExemption: FindExemption): AdmissionPolicy[] {
  const spec = record(object.body.spec);
  const actions = texts(spec.validationActions);
  const lax =
    actions.length > 0 && !actions.includes("Deny")
      ? `it only ${actions.join(" and ").toLowerCase()}s`
      : record(record(spec.evaluation).admission).enabled === false
        ? "it is not used at admission"
        : null;
  return [
    {
      object,
      engine: "Kyverno",
      path: "spec.validationActions",
      value: spec.validationActions,
      ...afterExceptions(lax, findExemption({ policy: object, rules: [], place: placeOf(object) })),
      failsOpen: spec.failurePolicy === "Ignore",
      seesPods: object.ref.kind.endsWith("ImageValidatingPolicy") || seesPodMakers(records(record(spec.matchConstraints).resourceRules)),
    },
  ];
}
