import { type AdmissionPolicy, nameOf } from "../../inventory/admission-policy";
import { labelOf, podSecurityOffView, toLevels } from "../../inventory/pod-security-labels";
import { admissionPoliciesView, findOpaqueEngine } from "../../inventory/policy-enforcement";
import { toPolicyNamespace } from "../../inventory/policy-namespace";
import { POLICIES_COMMAND, POLICIES_LOOK_FOR } from "../policies-command";
import { defineControl, notApplicable, type Outcome, unknown, weakness } from "../define";

const ENFORCE = labelOf("enforce");

export default defineControl({
  id: "admission-policy-absent",
  layer: "cluster",
  severity: "high",
  title: "Some policy refuses dangerous pods",
  failure: "has no policy that refuses dangerous pods",
  why: "Without any policy at admission, whoever may create a pod may create a privileged one, and with it takes over the node that runs it.",
  action: "Refuse dangerous pods at admission",
  fix: "Label namespaces for Pod Security, or bind a ValidatingAdmissionPolicy, Kyverno or Gatekeeper policy that denies.",
  verify: `kubectl get namespaces -L pod-security.kubernetes.io/enforce; ${POLICIES_COMMAND}`,
  lookFor: `Nothing but privileged under ENFORCE, and no policy below that refuses. ${POLICIES_LOOK_FOR}`,
  tips: ["S4"],
  frameworks: { cis: ["5.2.1"], nsa: ["PE"], mitre: ["T1610"], owasp: ["K04"] },
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
    "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
  ],
  subject: "cluster",
  reads: ["namespaces", "workloads", "admissionPolicies", "policyEngineObjects", "webhooks", "customResourceDefinitions"],
  extraReads: ["configMaps"],
  wholeCluster: "always",
  check: (_cluster, context): Outcome => {
    const { namespaces, workloads, webhooks, customResourceDefinitions } = context.slices;
    if (namespaces.length === 0 && workloads.length === 0) return notApplicable("Nothing that a policy could judge runs here.");
    // A level guards nothing where nothing runs: the namespace of a scanner must not speak for the others. Before anything runs, each is ready or not.
    const inUse = new Set(workloads.map(({ ref }) => ref.namespace));
    const ofWorkloads = namespaces.filter((item) => item.scope === "workload");
    const running = ofWorkloads.filter((item) => inUse.has(item.ref.name));
    const [used, where] = running.length > 0 ? [running, "namespace in which something runs"] : [ofWorkloads, "namespace for workloads"];
    const labelled = context.view(podSecurityOffView) ? undefined : used.find((item) => toLevels(item.labels).enforce !== "privileged");
    if (labelled)
      return {
        state: "pass",
        notes: [
          weakness(`metadata.labels["${ENFORCE}"]`, labelled.labels[ENFORCE], `Namespace ${labelled.ref.name} enforces a Pod Security level.`, {
            object: labelled.ref,
          }),
        ],
      };
    const isIdle = ({ seesNamespace }: AdmissionPolicy) =>
      seesNamespace !== undefined && used.length > 0 && !used.some((item) => seesNamespace(toPolicyNamespace(item.ref.name, item.labels)));
    const policies = context
      .view(admissionPoliciesView)
      .filter((policy) => policy.seesPods && policy.isOfSignatures !== true)
      .map((policy) => ({
        ...policy,
        laxBecause: policy.laxBecause ?? (isIdle(policy) ? `it refuses nothing in any ${where}` : null),
      }));
    const strict = policies.find((policy) => policy.laxBecause === null && policy.unsureBecause === null);
    if (strict)
      return {
        state: "pass",
        notes: [
          weakness(strict.path, strict.value, `${nameOf(strict)} refuses what violates it${strict.spares === null ? "" : `, but ${strict.spares}`}.`, {
            object: strict.object.ref,
          }),
        ],
      };
    const opaque = findOpaqueEngine(webhooks);
    if (opaque)
      return {
        state: "pass",
        notes: [weakness("", undefined, `${opaque.engine} is asked about new pods; its policies are not shown here.`, { object: opaque.object.ref })],
      };
    const constraints = customResourceDefinitions.find((item) => item.ref.name === "securitycontextconstraints.security.openshift.io");
    if (constraints)
      return {
        state: "pass",
        notes: [weakness("", undefined, "OpenShift applies its security context constraints to every pod.", { object: constraints.ref })],
      };
    const unsure = policies.find((policy) => policy.laxBecause === null);
    if (unsure) return unknown(`${nameOf(unsure)} would refuse what violates it, but ${unsure.unsureBecause}.`);
    const notes = policies.map((policy) =>
      weakness(policy.path, policy.value, `${nameOf(policy)} refuses nothing: ${policy.laxBecause}.`, {
        object: (policy.source ?? policy.object).ref,
      }),
    );
    return [weakness("", undefined, `No ${where} enforces a Pod Security level, and no policy refuses pods.`), ...notes];
  },
  remedy: null,
});
