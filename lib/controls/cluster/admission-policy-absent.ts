import { nameOf } from "../../inventory/admission/admission-policy";
import { hiddenPoliciesView } from "../../inventory/admission/hidden-policies";
import { hiddenDefaultsView, labelOf, podSecurityOffView, toLevels } from "../../inventory/admission/pod-security-labels";
import { admissionPoliciesView, opaqueEngineView } from "../../inventory/admission/policy-enforcement";
import { platformGuardView } from "../../inventory/admission/platform-guard";
import { guardedNamespacesView, whereGuarded } from "../../inventory/admission/policy-reach";
import { type TriedPolicy, triedPoliciesView } from "../admission/pod-guards";
import { joinWords } from "../../model/join-words";
import { POLICIES_COMMAND, POLICIES_LOOK_FOR } from "../policies-command";
import { defineControl, notApplicable, type Outcome, unknown, weakness } from "../define";

const ENFORCE = labelOf("enforce");

const MOST_NAMED = 4;

function whatOf({ refuses }: TriedPolicy): string {
  return refuses.length === 0 ? "what violates it" : `pods with ${joinWords(refuses, MOST_NAMED)}`;
}

export default defineControl({
  id: "admission-policy-absent",
  layer: "cluster",
  severity: "high",
  title: "Some policy refuses dangerous pods",
  failure: "has no policy that refuses dangerous pods",
  why: "Without any policy at admission, anyone who may create a pod can create a privileged one, and take over the node that runs it.",
  action: "Refuse dangerous pods at admission",
  fix: "Label namespaces for Pod Security, or bind a ValidatingAdmissionPolicy, Kyverno or Gatekeeper policy that refuses privileged pods and the host's namespaces and files. Let it warn or audit first: running pods stay, but one that it refuses cannot be created again.",
  verify: `kubectl get namespaces -L pod-security.kubernetes.io/enforce; ${POLICIES_COMMAND}`,
  lookFor: `Nothing but privileged under ENFORCE, and no policy below that refuses dangerous pods: rules on labels or tags do not. ${POLICIES_LOOK_FOR}`,
  tips: ["S4"],
  frameworks: { cis: ["5.2.1"], nsa: ["PE"], mitre: ["T1610"], owasp: ["K04"] },
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
    "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
  ],
  subject: "cluster",
  reads: ["namespaces", "workloads", "admissionPolicies", "policyEngineObjects", "webhooks", "customResourceDefinitions"],
  extraReads: ["configMaps", "services", "nodes", "endpointSlices", "companions", "securityContextConstraints"],
  wholeCluster: "always",
  check: (_cluster, context): Outcome => {
    const { namespaces, workloads } = context.slices;
    if (namespaces.length === 0 && workloads.length === 0) return notApplicable("Nothing that a policy could judge runs here.");
    const guarded = context.view(guardedNamespacesView);
    const labelled = context.view(podSecurityOffView)
      ? undefined
      : namespaces.find((item) => guarded.names.has(item.ref.name) && toLevels(item.labels).enforce !== "privileged");
    if (labelled)
      return {
        state: "pass",
        notes: [
          weakness(`metadata.labels["${ENFORCE}"]`, labelled.labels[ENFORCE], `Namespace ${labelled.ref.name} enforces a Pod Security level.`, {
            object: labelled.ref,
          }),
        ],
      };
    const policies = context
      .view(admissionPoliciesView)
      .filter((policy) => policy.seesPods && policy.isOfSignatures !== true)
      .map((policy) => context.view(triedPoliciesView)(whereGuarded(policy, guarded)));
    const strict = policies.find((policy) => policy.laxBecause === null && policy.unsureBecause === null);
    if (strict)
      return {
        state: "pass",
        notes: [
          weakness(strict.path, strict.value, `${nameOf(strict)} refuses ${whatOf(strict)}${strict.spares === null ? "" : `, but ${strict.spares}`}.`, {
            object: strict.object.ref,
          }),
        ],
      };
    const platform = context.view(platformGuardView);
    if (platform) return { state: "pass", notes: [weakness("", undefined, platform.does, { object: platform.object })] };
    const unsure = policies.find((policy) => policy.laxBecause === null);
    if (unsure) return unknown(`${nameOf(unsure)} would refuse what violates it, but ${unsure.unsureBecause}.`);
    const opaque = context.view(opaqueEngineView)(guarded.namespaces);
    if (opaque) return unknown(`${opaque.engine} is asked about new pods; what it refuses is not read.`);
    const isLevelMissing = namespaces.some((item) => guarded.names.has(item.ref.name) && item.labels[ENFORCE] === undefined);
    const hidden = (isLevelMissing ? context.view(hiddenDefaultsView) : null) ?? context.view(hiddenPoliciesView);
    if (hidden) return unknown(hidden);
    const notes = policies.map((policy) =>
      weakness(policy.path, policy.value, `${nameOf(policy)} keeps no danger out: ${policy.laxBecause}.`, {
        object: (policy.source ?? policy.object).ref,
      }),
    );
    return [weakness("", undefined, `No ${guarded.what} enforces a Pod Security level, and no policy refuses dangerous pods.`), ...notes];
  },
  remedy: null,
});
