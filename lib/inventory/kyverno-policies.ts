import { isRecord, type JsonRecord, list, record, records, text, texts } from "../model/json";
import { type AdmissionPolicy, doubtOfScopes } from "./admission-policy";
import type { KubeObject } from "./kube-object";
import { isOfImages, laxInCel, meansPodsInCel, seesNamespaceInCel } from "./kyverno-cel";
import { failsOpen, isConditional } from "./kyverno-conditions";
import { type Exemption, type FindExemption, voidedBy } from "./kyverno-exceptions";
import { excludesAll, isChoosing, type PolicyPlace, refusesIn, refusesSomewhere, seesPodsIn, toKind } from "./kyverno-match";
import { whyNotReady } from "./kyverno-status";
import { matchesGlob } from "./matches-glob";

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

const CHOSEN = "conditions, labels, names or people choose what it sees";

function partsOf(rule: JsonRecord): readonly JsonRecord[] {
  return [record(rule.validate), ...records(rule.verifyImages)];
}

function isValidating(rule: JsonRecord): boolean {
  return isRecord(rule.validate);
}

/** A ClusterPolicy, or a Policy of one namespace. */
export function fromKyvernoRules(object: KubeObject, findExemption: FindExemption): AdmissionPolicy[] {
  const spec = record(object.body.spec);
  const rules = records(spec.rules).filter((rule) => isValidating(rule) || list(rule.verifyImages).length > 0);
  if (rules.length === 0) return [];
  const place = placeOf(object);
  const enforcing = rules.filter((rule) => partsOf(rule).some((part) => refusesSomewhere(part, spec)));
  const strict = enforcing.filter((rule) => !excludesAll(rule, kindsOfRule(rule), place));
  const lax =
    enforcing.length === 0
      ? "it only audits"
      : strict.length === 0
        ? "it leaves out all that it matches"
        : spec.admission === false
          ? "it is not used at admission"
          : whyNotReady(object);
  const [action] = rules.flatMap(partsOf).flatMap((part) => text(part.failureAction) ?? []);
  const whole = text(spec.validationFailureAction);
  const asked = strict.map((rule) => ({ name: text(rule.name) ?? "", kinds: kindsOfRule(rule) }));
  // What it says of objects comes before what it says of the signatures of their images.
  const told = strict.length > 0 ? strict : rules;
  const judging = told.some(isValidating) ? told.filter(isValidating) : told;
  const ofPods = judging.filter((rule) => kindsOfRule(rule).some((kind) => matchesGlob(kind, "Pod")));
  const isDoubtful = ofPods.length > 0 && ofPods.every((rule) => isConditional(rule, spec) || isChoosing(rule));
  return [
    {
      object,
      engine: "Kyverno",
      path: whole === undefined && action !== undefined ? "spec.rules" : "spec.validationFailureAction",
      value: whole ?? action,
      ...afterExceptions(lax, lax === null ? findExemption({ policy: object, rules: asked, place }) : null, isDoubtful ? CHOSEN : null),
      failsOpen: failsOpen(spec),
      seesNamespace: (namespace) =>
        (place === null || place.name === namespace.name) &&
        ofPods.some((rule) => seesPodsIn(rule, namespace) && partsOf(rule).some((part) => refusesIn(part, spec, namespace))),
      seesPods: ofPods.length > 0,
      isOfSignatures: !judging.some(isValidating),
    },
  ];
}

/** Those in CEL, of the cluster and of one namespace. Without an action they deny. */
export function fromKyvernoInCel(object: KubeObject, findExemption: FindExemption): AdmissionPolicy[] {
  const spec = record(object.body.spec);
  const lax = laxInCel(object);
  const exemption = lax === null ? findExemption({ policy: object, rules: [], place: placeOf(object) }) : null;
  return [
    {
      object,
      engine: "Kyverno",
      path: "spec.validationActions",
      value: spec.validationActions,
      ...afterExceptions(lax, exemption, doubtOfScopes(spec, [record(spec.matchConstraints)])),
      failsOpen: spec.failurePolicy === "Ignore",
      seesNamespace: (namespace) => seesNamespaceInCel(object, namespace),
      seesPods: meansPodsInCel(object),
      isOfSignatures: isOfImages(object),
    },
  ];
}
