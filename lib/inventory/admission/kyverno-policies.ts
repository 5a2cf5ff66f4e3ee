import { isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { type AdmissionPolicy, CHOSEN_BY_CONDITIONS, doubtOfScopes } from "./admission-policy";
import type { KubeObject } from "../kube-object";
import { conditionsHoldInCel, isOfImages, laxInCel, meansPodsInCel, seesNamespaceInCel } from "./kyverno-cel";
import { appliesIn, choosesByConditions, failsOpen, missesChanges } from "./kyverno-conditions";
import { type Exemption, type FindExemption, voidedBy } from "./kyverno-exceptions";
import { isOverruledIn, OVERRULED, refusesIn, refusesSomewhere } from "./kyverno-actions";
import { CHOSEN_BY_RULES, choosesSomewhere, excludesAll, isChoosing, type PolicyPlace, toKind } from "./kyverno-match";
import { type Answer, choosesPods, expressionsOf } from "./match-condition";
import { whyNotReady } from "./kyverno-status";
import { matchesGlob } from "../values/matches-glob";

/** The namespace that a policy is about; null = any. */
function placeOf({ ref }: KubeObject): PolicyPlace | null {
  return ref.kind === "Policy" || ref.kind.startsWith("Namespaced") ? { name: ref.namespace ?? "default", labels: null } : null;
}

/** What exceptions, and what chooses the objects that it sees, leave of a policy that refuses by itself. */
function afterExceptions(
  lax: string | null,
  exemption: Exemption | null,
  doubt: string | null,
): Pick<AdmissionPolicy, "laxBecause" | "unsureBecause" | "isUntold" | "spares"> {
  const isUntold = exemption?.extent === "all" && !exemption.isInForce;
  const laxBecause = lax ?? voidedBy(exemption);
  if (laxBecause !== null) return { laxBecause, unsureBecause: null, spares: null };
  return {
    laxBecause,
    unsureBecause: isUntold ? exemption.because : doubt,
    isUntold,
    spares: exemption === null || isUntold ? null : exemption.because,
  };
}

function kindsOfRule(rule: JsonRecord): readonly string[] {
  const match = record(rule.match);
  return [...records(match.any), ...records(match.all), match].flatMap((item) => texts(record(item.resources).kinds)).map(toKind);
}

/** Whether conditions let a policy see a namespace: all of its pods, or any where it is said that they choose. */
function isEnough(isDoubtful: boolean, isMet: Answer): boolean {
  return isMet ?? isDoubtful;
}

/** A part of a rule that says what becomes of what violates it, and where it is in its policy. */
interface ActingPart {
  readonly rule: JsonRecord;
  /** Its `validate`, or one of its `verifyImages`. */
  readonly part: JsonRecord;
  readonly path: string;
}

function actingPartsOf(policy: JsonRecord): readonly ActingPart[] {
  return list(policy.rules).flatMap((item, index): ActingPart[] => {
    const rule = record(item);
    const verifying = list(rule.verifyImages).map((part, at) => ({ rule, part: record(part), path: `spec.rules[${index}].verifyImages[${at}]` }));
    return [...(isRecord(rule.validate) ? [{ rule, part: record(rule.validate), path: `spec.rules[${index}].validate` }] : []), ...verifying];
  });
}

/** Whether rules of Kyverno that judge are about nothing else than pods. */
export function rulesMeanPodsAlone({ body }: Pick<KubeObject, "body">): boolean {
  return actingPartsOf(record(body.spec)).every(({ rule }) => kindsOfRule(rule).every((kind) => kind === "Pod"));
}

function isOfObjects({ rule, part }: ActingPart): boolean {
  return part === rule.validate;
}

/** Whether it holds pods to a level that allows everything. */
function isOpen({ part }: ActingPart): boolean {
  return record(part.podSecurity).level === "privileged";
}

/** The field that says what becomes of what violates a part: its own, or that of the whole policy. */
function toAction({ part, path }: ActingPart, policy: JsonRecord): { readonly path: string; readonly value: unknown } {
  const own = text(part.failureAction);
  if (own !== undefined) return { path: `${path}.failureAction`, value: own };
  return { path: "spec.validationFailureAction", value: text(policy.validationFailureAction) };
}

/** A ClusterPolicy, or a Policy of one namespace. */
export function fromKyvernoRules(object: KubeObject, findExemption: FindExemption): AdmissionPolicy[] {
  const spec = record(object.body.spec);
  const parts = actingPartsOf(spec);
  if (parts.length === 0) return [];
  const place = placeOf(object);
  const auditing = parts.filter(({ part }) => !refusesSomewhere(part, spec));
  const refusing = parts.filter((part) => !auditing.includes(part));
  const enforcing = refusing.filter((part) => !isOpen(part));
  const strict = enforcing.filter(({ rule }) => !excludesAll(rule, kindsOfRule(rule), place));
  const lax =
    refusing.length === 0
      ? "it only audits"
      : enforcing.length === 0
        ? "it holds pods to privileged, which allows everything"
        : strict.length === 0
          ? "it leaves out all that it matches"
          : spec.admission === false
            ? "it is not used at admission"
            : whyNotReady(object);
  const asked = [...new Set(strict.map(({ rule }) => rule))].map((rule) => ({ name: text(rule.name) ?? "", kinds: kindsOfRule(rule) }));
  // What it says of objects comes before what it says of the signatures of their images.
  const told = strict.length > 0 ? strict : parts;
  const judging = told.some(isOfObjects) ? told.filter(isOfObjects) : told;
  const ofPods = judging.filter(({ rule }) => kindsOfRule(rule).some((kind) => matchesGlob(kind, "Pod")));
  const isDoubtful = ofPods.length > 0 && ofPods.every(({ rule }) => choosesByConditions(rule, spec) || isChoosing(rule));
  const choosesAnywhere = ofPods.some(({ rule }) => choosesByConditions(rule, spec) || choosesSomewhere(rule));
  const [decisive] = ofPods.length > 0 ? ofPods : judging;
  return [
    {
      object,
      engine: "Kyverno",
      ...(decisive ? toAction(decisive, spec) : { path: "spec.rules", value: undefined }),
      ...afterExceptions(
        lax,
        lax === null ? findExemption({ policy: object, rules: asked, place }) : null,
        isDoubtful ? CHOSEN_BY_RULES : isOverruledIn(spec, place) ? OVERRULED : null,
      ),
      ...(lax === null && { auditing: auditing.map((part) => ({ rule: text(part.rule.name) ?? part.path, ...toAction(part, spec) })) }),
      failsOpen: failsOpen(spec),
      seesNamespace: (namespace) =>
        (place === null || place.name === namespace.name) &&
        ofPods.some(({ rule, part }) => refusesIn(part, spec, namespace) && isEnough(isDoubtful, appliesIn(rule, spec, namespace))),
      unsureElsewhere: choosesAnywhere && !isDoubtful ? CHOSEN_BY_RULES : null,
      seesPods: ofPods.length > 0,
      isOfSignatures: !judging.some(isOfObjects),
      missesChanges: ofPods.every(({ rule }) => missesChanges(rule, spec)),
    },
  ];
}

/** Those in CEL, of the cluster and of one namespace. Without an action they deny. */
export function fromKyvernoInCel(object: KubeObject, findExemption: FindExemption): AdmissionPolicy[] {
  const spec = record(object.body.spec);
  const lax = laxInCel(object);
  const exemption = lax === null ? findExemption({ policy: object, rules: [], place: placeOf(object) }) : null;
  const isChosen = expressionsOf(spec.matchConditions).some((expression) => choosesPods(expression));
  return [
    {
      object,
      engine: "Kyverno",
      path: "spec.validationActions",
      value: spec.validationActions,
      ...afterExceptions(lax, exemption, isChosen ? CHOSEN_BY_CONDITIONS : doubtOfScopes({}, [record(spec.matchConstraints)])),
      failsOpen: spec.failurePolicy === "Ignore",
      seesNamespace: (namespace) => seesNamespaceInCel(object, namespace) && isEnough(isChosen, conditionsHoldInCel(object, namespace)),
      seesPods: meansPodsInCel(object),
      isOfSignatures: isOfImages(object),
    },
  ];
}
