import { record } from "../../model/json";
import { type AdmissionPolicy, doubtOfScopes } from "./admission-policy";
import { askedInView, engineDoubtView, engineSilenceView, missedByEnginesView, sayForSome, sayUnreadAsking } from "./asked-engines";
import { whyPluginOffView } from "./admission-plugins";
import {
  constraintChooses,
  constraintMeansPods,
  constraintMeansPodsAlone,
  constraintSeesNamespace,
  isConstraint,
  isGatekeeperConfig,
  isLeftToApiServer,
  whyConstraintOnlyReports,
} from "./gatekeeper-constraint";
import type { KubeObject } from "../kube-object";
import { type FindExemption, kyvernoExemptionsView } from "./kyverno-exceptions";
import { fromKyvernoInCel, fromKyvernoRules } from "./kyverno-policies";
import { isGenerated } from "./kyverno-status";
import { bindingsOf, fromAdmissionPolicy, isDenying, takesConstraints } from "./native-policies";
import type { PolicyNamespace } from "./policy-namespace";
import { reaches } from "./policy-reach";
import { isCalled, listWebhooks, seesNamespace, seesNewPods } from "./security-webhook";
import { READ_FOR_HEARING, whyUnheardView } from "./unheard-webhooks";
import { defineView } from "../view";

function fromConstraint(object: KubeObject): AdmissionPolicy[] {
  const { enforcementAction } = record(object.body.spec);
  const laxBecause = whyConstraintOnlyReports(object);
  return [
    {
      object,
      engine: "Gatekeeper",
      path: "spec.enforcementAction",
      value: enforcementAction,
      laxBecause,
      unsureBecause: laxBecause === null && constraintChooses(object) ? "labels or names choose what it sees" : null,
      spares: null,
      failsOpen: false,
      seesNamespace: (namespace) => constraintSeesNamespace(object, namespace),
      seesPods: constraintMeansPods(object),
    },
  ];
}

/** The constraints by which the API server itself refuses, by policies that Gatekeeper has written: a binding that denies names each. */
function listWritten(native: readonly KubeObject[], objects: readonly KubeObject[]): ReadonlySet<string> {
  const written = native.flatMap((policy) => {
    const spec = record(policy.body.spec);
    if (!takesConstraints(spec)) return [];
    const denying = bindingsOf(policy, objects).filter(isDenying);
    return denying.map(({ body }) => `${record(spec.paramKind).kind} ${record(record(body.spec).paramRef).name}`);
  });
  return new Set(written);
}

const IN_CEL = /^(?:Namespaced)?(?:Image)?ValidatingPolicy$/;

function fromEngineObject(object: KubeObject, findExemption: FindExemption): AdmissionPolicy[] {
  const { kind } = object.ref;
  if (kind === "ClusterPolicy" || kind === "Policy") return fromKyvernoRules(object, findExemption);
  if (IN_CEL.test(kind)) return fromKyvernoInCel(object, findExemption);
  if (kind === "ConstraintTemplate" || kind === "PolicyException" || isGatekeeperConfig(object)) return [];
  if (kind === "ClusterImagePolicy") {
    const { mode } = record(object.body.spec);
    return [
      {
        object,
        engine: "Sigstore policy-controller",
        path: "spec.mode",
        value: mode,
        laxBecause: mode === "warn" ? "it only warns" : null,
        unsureBecause: null,
        spares: null,
        failsOpen: false,
        seesPods: true,
        isOfSignatures: true,
      },
    ];
  }
  return fromConstraint(object);
}

/** Every policy that admission knows. Without workloads, nobody can tell whether Kyverno heeds exceptions, nor without webhooks whether an engine is asked. */
export const admissionPoliciesView = defineView({
  reads: [...READ_FOR_HEARING, "admissionPolicies", "policyEngineObjects", "configMaps"],
  compute: (context): readonly AdmissionPolicy[] => {
    const { slices } = context;
    const findExemption = context.view(kyvernoExemptionsView);
    const findSilence = context.view(engineSilenceView);
    const findDoubt = context.view(engineDoubtView);
    const nativeOff = context.view(whyPluginOffView)("ValidatingAdmissionPolicy");
    const unlessOff = (policy: AdmissionPolicy): AdmissionPolicy =>
      nativeOff === null || policy.laxBecause !== null
        ? policy
        : { ...policy, path: "spec", value: undefined, laxBecause: nativeOff, unsureBecause: null, spares: null };
    const isAskedIn = context.view(askedInView);
    const missedBy = context.view(missedByEnginesView);
    const isWhole = context.isRead("webhooks") && context.isRead("workloads");
    const heard = (judged: AdmissionPolicy): AdmissionPolicy => {
      if (isGenerated(judged.object)) return unlessOff(judged);
      const missed = missedBy(judged.engine);
      const policy = {
        ...judged,
        missesChanges: judged.missesChanges === true || missed.changes,
        missesAdded: missed.added,
        ...(missed.isForSome && { unsureBecause: judged.unsureBecause ?? sayForSome(judged.engine) }),
      };
      const isUnasked = missed.pods && isConstraint(policy.object) && constraintMeansPodsAlone(policy.object);
      const silence = findSilence(policy.engine) ?? (isUnasked ? "no webhook of Gatekeeper asks it about pods" : null);
      const doubt = findDoubt(policy.engine);
      if (silence === null && doubt !== null) return { ...policy, isUntold: true, unsureBecause: policy.unsureBecause ?? doubt };
      if (silence === null)
        return { ...policy, seesNamespace: (namespace) => isAskedIn(policy.engine, namespace) !== false && (policy.seesNamespace?.(namespace) ?? true) };
      if (isWhole) return { ...policy, laxBecause: policy.laxBecause ?? silence };
      return { ...policy, isUntold: true, unsureBecause: policy.unsureBecause ?? sayUnreadAsking(policy.engine) };
    };
    const native = slices.admissionPolicies.filter((item) => item.ref.kind === "ValidatingAdmissionPolicy");
    const written = listWritten(native, slices.admissionPolicies);
    const isWritten = (object: KubeObject): boolean => isLeftToApiServer(object) && written.has(`${object.ref.kind} ${object.ref.name}`);
    return [
      ...native.map((item) => unlessOff(fromAdmissionPolicy(item, slices.admissionPolicies, context))),
      ...slices.policyEngineObjects
        .filter((object) => !isWritten(object))
        .flatMap((object) => fromEngineObject(object, findExemption))
        .map(heard),
    ];
  },
});

/** Engines whose policies are no objects that we read: their webhook is all there is to see. */
const OPAQUE_ENGINES = new Set(["Kubewarden", "K-Rail", "jsPolicy", "Datree", "NeuVector", "StackRox", "Aqua", "Open Policy Agent", "Polaris"]);

export function isOpaqueEngine(engine: string): boolean {
  return OPAQUE_ENGINES.has(engine);
}

interface OpaqueEngine {
  readonly engine: string;
  /** Whether it is asked about all of them, and not about those alone that whoever writes one chooses. */
  readonly isForAll: boolean;
}

/** Such an engine that is asked about pods in one of the namespaces, or anywhere where none is known; the surest. What lets pods in while it is away refuses them else. */
export const opaqueEngineView = defineView({
  reads: READ_FOR_HEARING,
  compute: (context): ((namespaces: readonly PolicyNamespace[]) => OpaqueEngine | null) => {
    const whyUnheard = context.view(whyUnheardView);
    const hooks = context.slices.webhooks.flatMap(listWebhooks).filter((hook) => hook.mayRefuse && whyUnheard(hook) === null);
    return (namespaces) => {
      const found = hooks.flatMap((hook): OpaqueEngine[] => {
        const { engine, spec } = hook;
        // Some write the rules of their webhooks while they run.
        const isAsked = reaches({ namespaces }, (namespace) => seesNamespace(hook, namespace)) && (!isCalled(hook) || seesNewPods(hook));
        return engine !== null && isOpaqueEngine(engine) && isAsked ? [{ engine, isForAll: doubtOfScopes(spec, [spec]) === null }] : [];
      });
      return found.find(({ isForAll }) => isForAll) ?? found[0] ?? null;
    };
  },
});
