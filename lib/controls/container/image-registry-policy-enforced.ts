import { nameOf } from "../../inventory/admission-policy";
import { controlPlaneView } from "../../inventory/control-plane";
import { admissionPoliciesView } from "../../inventory/policy-enforcement";
import { guardedNamespacesView, whereGuarded } from "../../inventory/policy-reach";
import { registryLimitsView } from "../admission/pod-guards";
import { POLICIES_COMMAND, POLICIES_LOOK_FOR } from "../policies-command";
import { defineControl, notApplicable, type Outcome, unknown, weakness } from "../define";

/** A policy that limits where images come from, by its kind or by what its rules read. */
const BY_NAME = /allowedrepos|allowed-?(?:image-)?(?:repos|registr)|restrict-image-regist|trusted-?regist|disallow-?regist|registry-allow/i;
const READS_IMAGES = /\bimage(?:s|Registry|Data)?\b/;

/** Its policies are tried; those of others are known by what they are called. */
const NATIVE = "ValidatingAdmissionPolicy";

export default defineControl({
  id: "image-registry-policy-enforced",
  layer: "container",
  severity: "medium",
  title: "A policy limits the registries that images come from",
  failure: "admits images from any registry",
  why: "A list of trusted registries that nothing enforces has no effect. Admission is the one place that sees every image before it runs.",
  action: "Enforce a list of registries at admission",
  fix: "Bind a ValidatingAdmissionPolicy, or use the registry policies of Kyverno or Gatekeeper, in a mode that denies. Let it audit first, and name the registries of the platform too: an image that it refuses does not start.",
  verify: POLICIES_COMMAND,
  lookFor: `No policy about registries among those that refuse. ${POLICIES_LOOK_FOR}`,
  tips: ["S5", "S4"],
  frameworks: { nsa: ["BI", "PE"], mitre: ["T1525"], owasp: ["K04"] },
  references: [
    "https://kyverno.io/policies/best-practices/restrict-image-registries/restrict-image-registries/",
    "https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos/",
  ],
  subject: "cluster",
  reads: ["admissionPolicies", "policyEngineObjects", "workloads", "nodes", "namespaces"],
  extraReads: ["webhooks", "configMaps"],
  wholeCluster: "always",
  check: (_cluster, context): Outcome => {
    if (context.slices.workloads.length === 0) return notApplicable("Nothing runs here.");
    const server = context
      .view(controlPlaneView)
      .of("kube-apiserver")
      .find((instance) => instance.flags.listOf("enable-admission-plugins").includes("ImagePolicyWebhook"));
    if (server)
      return {
        state: "pass",
        notes: [
          weakness(server.flags.get("enable-admission-plugins")?.path ?? "", "ImagePolicyWebhook", "The API server asks a webhook about every image.", {
            object: server.workload.ref,
          }),
        ],
      };
    const guarded = context.view(guardedNamespacesView);
    const policies = context.view(admissionPoliciesView).map((policy) => whereGuarded(policy, guarded));
    const strict = policies.filter((policy) => policy.laxBecause === null && policy.seesPods);
    const sure = strict.filter((policy) => policy.unsureBecause === null);
    const tried = strict.find(({ engine, object }) => engine === NATIVE && context.view(registryLimitsView)(object) === true);
    const named = tried ?? sure.find(({ engine, object }) => engine !== NATIVE && BY_NAME.test(`${object.ref.kind} ${object.ref.name}`));
    if (named)
      return {
        state: "pass",
        notes: [
          weakness(named.path, named.value, `${nameOf(named)} limits registries${named.spares === null ? "" : `, but ${named.spares}`}.`, {
            object: named.object.ref,
          }),
        ],
      };
    const maybe = strict.find(({ engine, object }) => engine !== NATIVE && BY_NAME.test(`${object.ref.kind} ${object.ref.name}`));
    if (maybe) return unknown(`${nameOf(maybe)} would limit registries, but ${maybe.unsureBecause}.`);
    const reader = strict.find(({ object }) => READS_IMAGES.test(JSON.stringify(object.body.spec ?? {})));
    if (reader) return unknown(`${nameOf(reader)} looks at images; whether it limits registries is unknown.`);
    return [weakness("", undefined, "No policy that denies looks at where images come from.")];
  },
  remedy: null,
});
