import { record } from "../../model/json";
import { type AdmissionPolicy, doubtOfScopes } from "./admission-policy";
import { askedEnginesView, askedInView, missedByEnginesView, sayForSome, silenceOf } from "./asked-engines";
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
  reads: ["admissionPolicies", "policyEngineObjects", "webhooks", "workloads", "configMaps"],
  compute: (context): readonly AdmissionPolicy[] => {
    const { slices } = context;
    const findExemption = context.view(kyvernoExemptionsView);
    const isAsked = context.view(askedEnginesView);
    const isAskedIn = context.view(askedInView);
    const missedBy = context.view(missedByEnginesView);
    const isWhole = context.isRead("webhooks") && context.isRead("workloads");
    const heard = (judged: AdmissionPolicy): AdmissionPolicy => {
      if (isGenerated(judged.object)) return judged;
      const missed = missedBy(judged.engine);
      const policy = {
        ...judged,
        missesChanges: judged.missesChanges === true || missed.changes,
        missesAdded: missed.added,
        ...(missed.isForSome && { unsureBecause: judged.unsureBecause ?? sayForSome(judged.engine) }),
      };
      const isUnasked = missed.pods && isConstraint(policy.object) && constraintMeansPodsAlone(policy.object);
      const silence = silenceOf(policy.engine, isAsked) ?? (isUnasked ? "no webhook of Gatekeeper asks it about pods" : null);
      if (silence === null)
        return { ...policy, seesNamespace: (namespace) => isAskedIn(policy.engine, namespace) !== false && (policy.seesNamespace?.(namespace) ?? true) };
      if (isWhole) return { ...policy, laxBecause: policy.laxBecause ?? silence };
      return { ...policy, isUntold: true, unsureBecause: policy.unsureBecause ?? `whether a webhook of ${policy.engine} asks it was not read` };
    };
    const native = slices.admissionPolicies.filter((item) => item.ref.kind === "ValidatingAdmissionPolicy");
    const written = listWritten(native, slices.admissionPolicies);
    const isWritten = (object: KubeObject): boolean => isLeftToApiServer(object) && written.has(`${object.ref.kind} ${object.ref.name}`);
    return [
      ...native.map((item) => fromAdmissionPolicy(item, slices.admissionPolicies, context)),
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
export function findOpaqueEngine(webhooks: readonly KubeObject[], namespaces: readonly PolicyNamespace[]): OpaqueEngine | null {
  const found = webhooks.flatMap(listWebhooks).flatMap((hook): OpaqueEngine[] => {
    const isAsked =
      hook.mayRefuse &&
      reaches({ namespaces }, (namespace) => seesNamespace(hook, namespace)) &&
      // Some write the rules of their webhooks while they run.
      (!isCalled(hook) || seesNewPods(hook));
    const { engine, spec } = hook;
    return engine !== null && isOpaqueEngine(engine) && isAsked ? [{ engine, isForAll: doubtOfScopes(spec, [spec]) === null }] : [];
  });
  return found.find(({ isForAll }) => isForAll) ?? found[0] ?? null;
}
