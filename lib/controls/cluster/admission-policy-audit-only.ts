import { type AdmissionPolicy, nameOf } from "../../inventory/admission/admission-policy";
import { FOR_NONE, isForNamespaced } from "../../inventory/admission/namespaced-policies";
import { placeOf } from "../../inventory/admission/policy-namespace";
import { READ_FOR_HEARING } from "../../inventory/admission/unheard-webhooks";
import { daysBetween } from "../../inventory/values/days";
import { createdAtOf } from "../../inventory/nodes/node-pools";
import { admissionPoliciesView } from "../../inventory/admission/policy-enforcement";
import { record, text } from "../../model/json";
import { POLICIES_COMMAND, POLICIES_LOOK_FOR } from "../policies-command";
import { defineControl, notApplicable, type Outcome, unknown, weakness } from "../define";

/** Time to look at what a new policy would refuse. */
const GRACE_DAYS = 30;

export default defineControl({
  id: "admission-policy-audit-only",
  layer: "cluster",
  severity: "medium",
  title: "Admission policies refuse what violates them",
  failure: "has admission policies that refuse nothing",
  why: "A policy that only audits looks like protection in every list but stops nobody. What was meant as a first step often stays for years.",
  action: "Let admission policies deny violations",
  fix: "Once the reports of a policy are clean, let it refuse: `validationActions: [Deny]` (ValidatingAdmissionPolicy), `failureAction: Enforce` (Kyverno) or `enforcementAction: deny` (Gatekeeper). Bind policies that nothing binds, and delete those of an engine that was removed.",
  verify: POLICIES_COMMAND,
  lookFor: POLICIES_LOOK_FOR,
  tips: ["S4"],
  frameworks: { nsa: ["PE"], owasp: ["K04"] },
  references: [
    "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
    "https://kyverno.io/docs/policy-types/cluster-policy/validate/",
    "https://open-policy-agent.github.io/gatekeeper/website/docs/violations/",
  ],
  subject: "cluster",
  reads: ["admissionPolicies", "policyEngineObjects"],
  extraReads: [...READ_FOR_HEARING, "configMaps", "namespaces"],
  wholeCluster: "always",
  check: (_cluster, context): Outcome => {
    const { admissionPolicies, namespaces } = context.slices;
    const places = namespaces.map(placeOf);
    const isNowhere = ({ object, seesNamespace, unsureElsewhere }: AdmissionPolicy): boolean =>
      places.length > 0 && seesNamespace !== undefined && !unsureElsewhere && isForNamespaced(object) && !places.some(seesNamespace);
    const policies = context.view(admissionPoliciesView).map((policy) =>
      policy.laxBecause === null && isNowhere(policy)
        ? {
            ...policy,
            path: "spec",
            value: undefined,
            laxBecause: policy.engine === "ValidatingAdmissionPolicy" ? FOR_NONE : `${FOR_NONE}, or not asked about them`,
          }
        : policy,
    );
    const names = new Set(admissionPolicies.filter((item) => item.ref.kind === "ValidatingAdmissionPolicy").map((item) => item.ref.name));
    const dangling = admissionPolicies.filter(
      (item) => item.ref.kind === "ValidatingAdmissionPolicyBinding" && !names.has(text(record(item.body.spec).policyName) ?? ""),
    );
    if (policies.length === 0 && dangling.length === 0) return notApplicable("No admission policy exists.");
    const isNew = (createdAt: string | undefined) => createdAt !== undefined && daysBetween(createdAt, context.observedAt) < GRACE_DAYS;
    const lax = policies.filter((policy) => policy.laxBecause !== null && !isNew(createdAtOf(policy.object)));
    // Of the engines with a webhook, webhook-fail-open tells.
    const open = policies.filter((policy) => policy.laxBecause === null && policy.failsOpen && policy.engine === "ValidatingAdmissionPolicy");
    const found = [
      ...open.map((policy) =>
        weakness(policy.path, policy.value, `${nameOf(policy)} fails open: what it cannot judge passes.`, {
          object: (policy.source ?? policy.object).ref,
        }),
      ),
      ...lax.map((policy) =>
        weakness(policy.path, policy.value, `${nameOf(policy)} refuses nothing: ${policy.laxBecause}.`, {
          object: (policy.source ?? policy.object).ref,
        }),
      ),
      ...policies
        .filter(({ object }) => !isNew(createdAtOf(object)))
        .flatMap((policy) =>
          (policy.auditing ?? []).map(({ rule, path, value }) =>
            weakness(path, value, `${nameOf(policy)} refuses nothing by its rule ${rule}: it only audits.`, { object: policy.object.ref }),
          ),
        ),
      ...dangling.map((item) =>
        weakness("spec.policyName", record(item.body.spec).policyName, `Binding ${item.ref.name} names a policy that does not exist.`, { object: item.ref }),
      ),
    ];
    // What a policy sees may be chosen; it denies what it does see, unless what was not read keeps it from that.
    const isVoid = ({ isUntold, object }: AdmissionPolicy): boolean => isUntold === true && !isNew(createdAtOf(object));
    const unsure = policies.find((policy) => policy.unsureBecause !== null && isVoid(policy));
    if (found.length === 0 && unsure) return unknown(`${nameOf(unsure)} would refuse what violates it, but ${unsure.unsureBecause}.`);
    return found;
  },
  remedy: null,
});
