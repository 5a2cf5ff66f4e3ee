import { isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { apiGroup, type ResourceRef } from "../../model/resource-ref";
import { type ComponentFlags, toSwitch } from "../nodes/component-flags";
import type { KubeObject } from "../kube-object";
import { kyvernoFlagsView } from "./kyverno-flags";
import { type Extent, extentOfMatch, placesOfMatch, type PolicyPlace } from "./kyverno-match";
import { matchesGlob, matchesSome } from "../values/matches-glob";
import { defineView } from "../view";

/** What a PolicyException does to a policy of Kyverno. */
export interface Exemption {
  readonly exception: ResourceRef;
  /** all = nothing of what was asked about is judged by the policy any more; some = part of it. */
  readonly extent: "all" | "some";
  /** null = nobody can tell whether Kyverno heeds it. */
  readonly isInForce: true | null;
  /** Part of a sentence, after the policy. */
  readonly because: string;
}

/** What of a policy is asked about. */
export interface PolicyQuestion {
  readonly policy: KubeObject;
  /** Rules of a ClusterPolicy or Policy that must all be out of force; the kinds each is about. Of policies in CEL only the kinds count. */
  readonly rules: readonly { readonly name: string; readonly kinds: readonly string[] }[];
  /** null = anywhere. */
  readonly place: PolicyPlace | null;
}

export type FindExemption = (question: PolicyQuestion) => Exemption | null;

const CEL_GROUP = "policies.kyverno.io";

function isException({ ref }: KubeObject): boolean {
  return ref.kind === "PolicyException";
}

/** Releases have had the switch on and off by default, and older ones heed policies' exceptions in CEL wherever they are: only what is written counts. */
function isHeeded(exception: KubeObject, flags: ComponentFlags): boolean | null {
  const isOn = flags.isOpaque ? undefined : toSwitch(flags.get("enablePolicyException"));
  if (isOn !== true) return isOn ?? null;
  const namespace = flags.get("exceptionNamespace")?.value ?? "*";
  if (namespace === "*" || namespace === exception.ref.namespace) return true;
  return apiGroup(exception.ref) === CEL_GROUP ? null : false;
}

function isInForce(exception: KubeObject, controllers: readonly ComponentFlags[], observedAt: string): boolean | null {
  const expiresAt = Date.parse(text(record(exception.body.spec).expiresAt) ?? "");
  if (expiresAt <= Date.parse(observedAt)) return false;
  const answers = new Set(controllers.map((flags) => isHeeded(exception, flags)));
  const [only] = answers;
  return answers.size === 1 && only !== undefined ? only : null;
}

/** The name that `exceptions[].policyName` compares with. */
function keyOf({ ref }: KubeObject): string {
  return ref.kind === "Policy" ? `${ref.namespace}/${ref.name}` : ref.name;
}

/** Conditions that may choose: they are not evaluated. */
function chooses(spec: JsonRecord): boolean {
  return records(spec.matchConditions).some((item) => text(item.expression)?.trim() !== "true");
}

function extentInCel(spec: JsonRecord, { ref }: KubeObject): Extent {
  if (!records(spec.policyRefs).some((item) => text(item.kind) === ref.kind && text(item.name) === ref.name)) return "none";
  return chooses(spec) || list(spec.images).length > 0 || list(spec.allowedValues).length > 0 ? "some" : "all";
}

/** Whether an exception is from a rule of a policy, by their names. */
function isFrom(spec: JsonRecord, policy: string, rule: string): boolean {
  return records(spec.exceptions).some((item) => matchesGlob(text(item.policyName) ?? "", policy) && matchesSome(texts(item.ruleNames), rule));
}

/** Whom an exception is for, whatever it is from. */
function extentOfObjects(spec: JsonRecord, kinds: readonly string[], place: PolicyPlace | null): Extent {
  const extent = extentOfMatch(record(spec.match), kinds, place);
  const isPart = (isRecord(spec.conditions) && Object.keys(spec.conditions).length > 0) || list(spec.podSecurity).length > 0;
  return extent === "all" && isPart ? "some" : extent;
}

function sentenceOf(exception: KubeObject, extent: "all" | "some", isCertain: boolean): string {
  const { ref, body } = exception;
  const some = isCel(exception) && chooses(record(body.spec)) ? "what its conditions in CEL match, which are not evaluated," : "some of them";
  const what = `PolicyException ${ref.namespace}/${ref.name} takes ${extent === "all" ? "all of them" : some} out of it`;
  return isCertain ? what : `${what} where Kyverno heeds it, which its flags do not show`;
}

/** The worst first: what is certain before what may be, and all before some. */
function rank({ extent, isInForce: isCertain }: Exemption): number {
  return (extent === "all" ? 0 : 2) + (isCertain ? 0 : 1);
}

function isCel({ ref }: KubeObject): boolean {
  return apiGroup(ref) === CEL_GROUP;
}

interface Heeded {
  readonly object: KubeObject;
  readonly spec: JsonRecord;
  readonly isInForce: true | null;
}

function toExemption({ object, isInForce: heeded }: Heeded, extent: Extent): Exemption[] {
  return extent === "none" ? [] : [{ exception: object.ref, extent, isInForce: heeded, because: sentenceOf(object, extent, heeded === true) }];
}

function worstOf(exemptions: readonly Exemption[]): Exemption | null {
  return exemptions.reduce<Exemption | null>((worst, item) => (worst === null || rank(item) < rank(worst) ? item : worst), null);
}

/** What exceptions of the older kind take out of one rule. Many namespaces ask about the same policies, so what they share is worked out once. */
function createRuleExemptions(exceptions: readonly Heeded[]) {
  const byRule = new Map<string, ReadonlySet<Heeded>>();
  const byPlace = new Map<string, readonly { readonly exception: Heeded; readonly exemption: Exemption }[]>();
  const fromRule = (policy: string, rule: string): ReadonlySet<Heeded> => {
    const key = JSON.stringify([policy, rule]);
    const known = byRule.get(key) ?? new Set(exceptions.filter(({ spec }) => isFrom(spec, policy, rule)));
    byRule.set(key, known);
    return known;
  };
  const placed = exceptions.map((exception) => ({ exception, places: placesOfMatch(record(exception.spec.match)) }));
  const anywhere = placed.flatMap(({ exception, places }) => (places === null ? exception : []));
  const byName = Map.groupBy(
    placed.flatMap(({ exception, places }) => (places ?? []).map((name) => ({ exception, name }))),
    ({ name }) => name,
  );
  const candidatesOf = (place: PolicyPlace | null): readonly Heeded[] =>
    place === null ? exceptions : [...new Set([...(byName.get(place.name) ?? []).map(({ exception }) => exception), ...anywhere])];
  const inPlace = (kinds: readonly string[], place: PolicyPlace | null) => {
    const key = JSON.stringify([kinds, place?.name, place?.labels === null]);
    const known =
      byPlace.get(key) ??
      candidatesOf(place).flatMap((exception) =>
        toExemption(exception, extentOfObjects(exception.spec, kinds, place)).map((exemption) => ({ exception, exemption })),
      );
    byPlace.set(key, known);
    return known;
  };
  return (policy: KubeObject, { name, kinds }: PolicyQuestion["rules"][number], place: PolicyPlace | null): Exemption | null => {
    const meant = fromRule(keyOf(policy), name);
    return worstOf(inPlace(kinds, place).flatMap(({ exception, exemption }) => (meant.has(exception) ? exemption : [])));
  };
}

/** What PolicyExceptions take out of a policy: the worst for the rule that is left with most; null = nothing. */
export const kyvernoExemptionsView = defineView({
  reads: ["policyEngineObjects", "workloads"],
  compute: (context): FindExemption => {
    const objects = context.slices.policyEngineObjects.filter(isException);
    if (objects.length === 0) return () => null;
    const controllers = context.view(kyvernoFlagsView).flatMap((all) => all.find((flags) => flags.get("enablePolicyException")) ?? all[0] ?? []);
    const exceptions = objects.flatMap((object): Heeded[] => {
      const heeded = isInForce(object, controllers, context.observedAt);
      return heeded === false ? [] : [{ object, spec: record(object.body.spec), isInForce: heeded }];
    });
    const inCel = exceptions.filter(({ object }) => isCel(object));
    const exemptRule = createRuleExemptions(exceptions.filter(({ object }) => !isCel(object)));
    return ({ policy, rules, place }) => {
      if (isCel(policy)) return worstOf(inCel.flatMap((exception) => toExemption(exception, extentInCel(exception.spec, policy))));
      const all = rules.map((rule) => exemptRule(policy, rule, place));
      return all.includes(null) ? null : all.reduce<Exemption | null>((best, item) => (best === null || (item && rank(item) > rank(best)) ? item : best), null);
    };
  },
});

/** Why nothing comes of a policy; null = something may. */
export function voidedBy(exemption: Exemption | null): string | null {
  return exemption?.extent === "all" && exemption.isInForce ? exemption.because : null;
}
