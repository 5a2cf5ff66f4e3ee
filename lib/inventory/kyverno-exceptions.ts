import { isRecord, type JsonRecord, list, record, records, text, texts } from "../model/json";
import { apiGroup, type ResourceRef } from "../model/resource-ref";
import { engineControllersView } from "./asked-engines";
import { type ComponentFlags, readFlags, toSwitch } from "./component-flags";
import type { KubeObject } from "./kube-object";
import { type Extent, extentOfMatch, type PolicyPlace } from "./kyverno-match";
import { matchesGlob, matchesSome } from "./matches-glob";
import { defineView } from "./view";

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

function extentInCel(spec: JsonRecord, { ref }: KubeObject): Extent {
  if (!records(spec.policyRefs).some((item) => text(item.kind) === ref.kind && text(item.name) === ref.name)) return "none";
  const conditions = records(spec.matchConditions).filter((item) => text(item.expression)?.trim() !== "true");
  return conditions.length > 0 || list(spec.images).length > 0 || list(spec.allowedValues).length > 0 ? "some" : "all";
}

function extentOfRule(spec: JsonRecord, policy: KubeObject, rule: PolicyQuestion["rules"][number], place: PolicyPlace | null): Extent {
  const isMeant = records(spec.exceptions).some(
    (item) => matchesGlob(text(item.policyName) ?? "", keyOf(policy)) && matchesSome(texts(item.ruleNames), rule.name),
  );
  const extent = isMeant ? extentOfMatch(record(spec.match), rule.kinds, place) : "none";
  const isPart = (isRecord(spec.conditions) && Object.keys(spec.conditions).length > 0) || list(spec.podSecurity).length > 0;
  return extent === "all" && isPart ? "some" : extent;
}

function sentenceOf({ ref }: KubeObject, extent: "all" | "some", isCertain: boolean): string {
  const what = `PolicyException ${ref.namespace}/${ref.name} takes ${extent === "all" ? "all of them" : "some of them"} out of it`;
  return isCertain ? what : `${what} where Kyverno heeds it, which its flags do not show`;
}

/** The worst first: what is certain before what may be, and all before some. */
function rank({ extent, isInForce: isCertain }: Exemption): number {
  return (extent === "all" ? 0 : 2) + (isCertain ? 0 : 1);
}

function isCel({ ref }: KubeObject): boolean {
  return apiGroup(ref) === CEL_GROUP;
}

/** What PolicyExceptions take out of a policy: the worst for the rule that is left with most; null = nothing. */
export const kyvernoExemptionsView = defineView({
  reads: ["policyEngineObjects", "workloads"],
  compute: (context): ((question: PolicyQuestion) => Exemption | null) => {
    const objects = context.slices.policyEngineObjects.filter(isException);
    if (objects.length === 0) return () => null;
    const controllers = (context.view(engineControllersView).get("Kyverno") ?? []).flatMap((workload) => {
      const flags = (workload.views()[0]?.containers ?? []).filter(({ list: where }) => where === "containers").map(readFlags);
      return flags.find((item) => item.get("enablePolicyException")) ?? flags[0] ?? [];
    });
    const exceptions = objects.flatMap((object) => {
      const heeded = isInForce(object, controllers, context.observedAt);
      return heeded === false ? [] : [{ object, heeded }];
    });
    const worstOf = (policy: KubeObject, extentIn: (spec: JsonRecord) => Extent): Exemption | null => {
      const found = exceptions.flatMap(({ object, heeded }): Exemption[] => {
        const extent = isCel(object) === isCel(policy) ? extentIn(record(object.body.spec)) : "none";
        return extent === "none" ? [] : [{ exception: object.ref, extent, isInForce: heeded, because: sentenceOf(object, extent, heeded === true) }];
      });
      return found.reduce<Exemption | null>((worst, item) => (worst === null || rank(item) < rank(worst) ? item : worst), null);
    };
    return ({ policy, rules, place }) => {
      if (isCel(policy)) return worstOf(policy, (spec) => extentInCel(spec, policy));
      const all = rules.map((rule) => worstOf(policy, (spec) => extentOfRule(spec, policy, rule, place)));
      return all.includes(null) ? null : all.reduce<Exemption | null>((best, item) => (best === null || (item && rank(item) > rank(best)) ? item : best), null);
    };
  },
});

/** Why nothing comes of a policy; null = something may. */
export function voidedBy(exemption: Exemption | null): string | null {
  return exemption?.extent === "all" && exemption.isInForce ? exemption.because : null;
}
