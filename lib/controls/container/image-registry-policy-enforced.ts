import { type AdmissionPolicy, nameOf } from "../../inventory/admission/admission-policy";
import { gatekeeperTemplatesView, UNREAD_TEMPLATE, UNTOLD_TEMPLATE } from "../../inventory/admission/gatekeeper-templates";
import { hiddenPoliciesView } from "../../inventory/admission/hidden-policies";
import { admissionPoliciesView } from "../../inventory/admission/policy-enforcement";
import { guardedNamespacesView, whereGuarded } from "../../inventory/admission/policy-reach";
import { findLetIn, type RegistryLimit, registryLimitsView } from "../admission/registry-limits";
import { POLICIES_COMMAND, POLICIES_LOOK_FOR } from "../policies-command";
import { defineControl, notApplicable, type Outcome, unknown, weakness } from "../define";
import { imageWebhookAnswer } from "../image-webhook-answer";
import { unseenMounts } from "../unseen-mounts";

/** A policy that limits where images come from, by its kind or by what its rules read. */
const BY_NAME = /(?<!dis)allowed-?(?:image-)?(?:repos|registr)|restrict-image-regist|trusted-?regist|registry-allow/i;
const READS_IMAGES = /\bimage(?:s|Registry|Data|Regex)?\b|\b(?:allowed|approved)(?:Images|Registries|Repos)\b/;

/** Whether it may say where images come from. Those that an exclusion from Pod Security names do not. */
function readsImages({ object }: AdmissionPolicy): boolean {
  return READS_IMAGES.test(JSON.stringify(object.body.spec ?? {}, (key, value: unknown) => (key === "podSecurity" ? undefined : value)));
}

/** Of Gatekeeper's library. */
const OF_REPOSITORIES = /^K8sAllowedRepos(?:v2)?$/;

/** What is known of a policy that cannot be tried, by what it is called, and what its template speaks of. Who signed an image says nothing of where it comes from. */
function limitByName({ object, unsureBecause, isOfSignatures, missesChanges, missesAdded }: AdmissionPolicy, words?: ReadonlySet<string>): RegistryLimit {
  const { kind, name } = object.ref;
  const letsIn = findLetIn(object);
  const isNamed = isOfSignatures !== true && letsIn === null && BY_NAME.test(`${kind} ${name}`) && words?.has("image") !== false;
  const doubt = words === undefined ? UNREAD_TEMPLATE : OF_REPOSITORIES.test(kind) ? null : UNTOLD_TEMPLATE;
  const sees = { seesAdded: missesAdded !== true, seesVolumes: words?.has("volumes") === true && words.has("reference") };
  return { ofNew: isNamed && (unsureBecause ?? doubt ?? true), ofChanged: missesChanges !== true, missesInit: false, ...sees, letsIn };
}

export default defineControl({
  id: "image-registry-policy-enforced",
  layer: "container",
  severity: "medium",
  title: "A policy limits the registries that images come from",
  failure: "admits images from any registry",
  why: "A list of trusted registries that nothing enforces has no effect. Admission is the one place that sees every image before it runs.",
  action: "Enforce a list of registries at admission",
  fix: "Bind a ValidatingAdmissionPolicy, or use the registry policies of Kyverno or Gatekeeper, in a mode that denies, on CREATE and UPDATE of pods. Compare how an image begins, with the slash behind each registry: without it, registry.corp lets in registry.corp.example.net. Let it audit first, and name the registries of the platform too: an image that it refuses does not start.",
  verify: POLICIES_COMMAND,
  lookFor: `No policy about registries among those that refuse, or one that names registries without the slash behind them. ${POLICIES_LOOK_FOR}`,
  tips: ["S5", "S4"],
  frameworks: { nsa: ["BI", "PE"], mitre: ["T1525", "T1204.003"], owasp: ["K04"] },
  references: [
    "https://kyverno.io/policies/best-practices/restrict-image-registries/restrict-image-registries/",
    "https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos/",
  ],
  subject: "cluster",
  reads: ["admissionPolicies", "policyEngineObjects", "workloads", "nodes", "namespaces"],
  extraReads: ["webhooks", "configMaps", "services", "endpointSlices", "companions"],
  wholeCluster: "always",
  check: (_cluster, context): Outcome => {
    if (context.slices.workloads.length === 0) return notApplicable("Nothing runs here.");
    const asked = imageWebhookAnswer(context);
    if (asked) return asked;
    const guarded = context.view(guardedNamespacesView);
    const policies = context.view(admissionPoliciesView).map((policy) => whereGuarded(policy, guarded));
    const limitOf = context.view(registryLimitsView);
    const templates = context.view(gatekeeperTemplatesView);
    const strict = policies
      .filter((policy) => policy.laxBecause === null && policy.seesPods)
      .map((policy) => {
        const tried = limitOf(policy.object);
        return { ...policy, isTried: tried !== null, limit: tried ?? limitByName(policy, templates.get(policy.object.ref.kind)) };
      });
    const ofNew = strict.filter(({ limit }) => limit.ofNew === true);
    const named = ofNew.find(({ limit }) => limit.ofChanged === true);
    if (named) {
      const added = named.limit.seesAdded ? "" : " Containers that are added to a running pod are not seen.";
      const mounted = strict.some(({ limit }) => limit.seesVolumes) ? "" : unseenMounts(context.kubeVersion);
      return {
        state: "pass",
        notes: [
          weakness(named.path, named.value, `${nameOf(named)} limits registries${named.spares === null ? "" : `, but ${named.spares}`}.${added}${mounted}`, {
            object: named.object.ref,
          }),
        ],
      };
    }
    const maybe = strict.find(({ isTried, isUntold, limit }) => (!isTried || isUntold === true) && typeof limit.ofNew === "string");
    if (maybe) return unknown(`${nameOf(maybe)} would limit registries, but ${maybe.isTried ? maybe.unsureBecause : maybe.limit.ofNew}.`);
    const changeable = ofNew.find(({ limit }) => typeof limit.ofChanged === "string");
    if (changeable)
      return unknown(
        `${nameOf(changeable)} limits the registries of new pods; whether it does so where images are changed cannot be told: ${changeable.limit.ofChanged}.`,
      );
    const open = strict.filter(({ limit }) => limit.letsIn !== null);
    const half = strict.filter(({ limit }) => limit.missesInit);
    // What was tried on an image of another registry, and let it in, limits none.
    const told = [...ofNew, ...open, ...half, ...strict.filter(({ isTried, limit }) => isTried && limit.ofNew === false)];
    const reader = strict.find((policy) => !told.includes(policy) && readsImages(policy));
    if (reader) return unknown(`${nameOf(reader)} looks at images; whether it limits registries is unknown.`);
    const hidden = context.view(hiddenPoliciesView);
    if (hidden) return unknown(hidden);
    const gaps = [
      ...ofNew.map((policy) => ({ policy, gap: "limits the registries of new pods alone: the image of a running pod may be changed to any." })),
      ...half.map((policy) => ({ policy, gap: "limits the registries of containers alone: an init container may have an image of any." })),
      ...open.map((policy) => ({ policy, gap: `lets in ${policy.limit.letsIn} too, which is of another registry than those it names.` })),
    ];
    return gaps.length > 0
      ? gaps.map(({ policy, gap }) => weakness(policy.path, policy.value, `${nameOf(policy)} ${gap}`, { object: policy.object.ref }))
      : [weakness("", undefined, "No policy that denies limits where images come from.")];
  },
  remedy: null,
});
