import { record, records, texts } from "../model/json";
import { type AdmissionPolicy, isPodKind, seesPodMakers } from "./admission-policy";
import { whyConstraintOnlyReports } from "./gatekeeper-action";
import { askedEnginesView, silenceOf } from "./asked-engines";
import type { KubeObject } from "./kube-object";
import { type Exemption, kyvernoExemptionsView, type PolicyQuestion } from "./kyverno-exceptions";
import { fromKyvernoInCel, fromKyvernoRules } from "./kyverno-policies";
import { fromAdmissionPolicy } from "./native-policies";
import { isCalled, listWebhooks } from "./security-webhook";
import { defineView } from "./view";

const PLAIN = { unsureBecause: null, spares: null } as const;

function fromConstraint(object: KubeObject): AdmissionPolicy[] {
  const spec = record(object.body.spec);
  const kinds = records(record(spec.match).kinds).flatMap((item) => texts(item.kinds));
  return [
    {
      object,
      engine: "Gatekeeper",
      path: "spec.enforcementAction",
      value: spec.enforcementAction,
      laxBecause: whyConstraintOnlyReports(object),
      ...PLAIN,
      failsOpen: false,
      seesPods: kinds.length === 0 || kinds.some(isPodKind),
    },
  ];
}

const IN_CEL = /^(?:Namespaced)?(?:Image)?ValidatingPolicy$/;

function fromEngineObject(object: KubeObject, findExemption: (question: PolicyQuestion) => Exemption | null): AdmissionPolicy[] {
  const { kind } = object.ref;
  if (kind === "ClusterPolicy" || kind === "Policy") return fromKyvernoRules(object, findExemption);
  if (IN_CEL.test(kind)) return fromKyvernoInCel(object, findExemption);
  if (kind === "ConstraintTemplate" || kind === "PolicyException") return [];
  if (kind === "ClusterImagePolicy") {
    const { mode } = record(object.body.spec);
    return [
      {
        object,
        engine: "Sigstore policy-controller",
        path: "spec.mode",
        value: mode,
        laxBecause: mode === "warn" ? "it only warns" : null,
        ...PLAIN,
        failsOpen: false,
        seesPods: true,
      },
    ];
  }
  return fromConstraint(object);
}

/** Every policy that admission knows. Without workloads, nobody can tell whether Kyverno heeds exceptions, nor without webhooks whether an engine is asked. */
export const admissionPoliciesView = defineView({
  reads: ["admissionPolicies", "policyEngineObjects", "webhooks", "workloads", "configMaps"],
  compute: (context): readonly AdmissionPolicy[] => {
    const { slices } = context;
    const findExemption = context.view(kyvernoExemptionsView);
    const isAsked = context.view(askedEnginesView);
    const isWhole = context.isRead("webhooks") && context.isRead("workloads");
    const heard = (policy: AdmissionPolicy): AdmissionPolicy => {
      const silence = silenceOf(policy.engine, isAsked);
      if (silence === null) return policy;
      if (isWhole) return { ...policy, laxBecause: policy.laxBecause ?? silence };
      return { ...policy, unsureBecause: policy.unsureBecause ?? `whether a webhook of ${policy.engine} asks it was not read` };
    };
    const native = slices.admissionPolicies.filter((item) => item.ref.kind === "ValidatingAdmissionPolicy");
    return [
      ...native.map((item) => fromAdmissionPolicy(item, slices.admissionPolicies, context)),
      ...slices.policyEngineObjects.flatMap((object) => fromEngineObject(object, findExemption)).map(heard),
    ];
  },
});

/** Engines whose policies are no objects that we read: their webhook is all there is to see. */
const OPAQUE_ENGINES = new Set(["Kubewarden", "K-Rail", "jsPolicy", "Datree", "NeuVector", "StackRox", "Aqua", "Open Policy Agent", "Polaris"]);

export function isOpaqueEngine(engine: string): boolean {
  return OPAQUE_ENGINES.has(engine);
}

/** A webhook of such an engine that is asked about pods, or what makes them, and does not fail open. */
export function findOpaqueEngine(webhooks: readonly KubeObject[]): { readonly object: KubeObject; readonly engine: string } | null {
  for (const object of webhooks) {
    const hook = listWebhooks(object).find(
      // Some write the rules of their webhooks while they run.
      (item) =>
        item.engine !== null &&
        isOpaqueEngine(item.engine) &&
        item.isValidating &&
        !item.failsOpen &&
        (!isCalled(item) || seesPodMakers(records(item.spec.rules))),
    );
    if (hook?.engine) return { object, engine: hook.engine };
  }
  return null;
}
