import type { AdmissionPolicy } from "../../inventory/admission/admission-policy";
import { gatekeeperTemplatesView, OF_LIBRARY, UNTOLD_TEMPLATE, UNREAD_TEMPLATE } from "../../inventory/admission/gatekeeper-templates";
import { defineView } from "../../inventory/view";
import { DANGERS } from "../../pod-security/exemplary-pods";

const UNSPOKEN = "it asks for nothing that makes a pod dangerous";

/** One on the size of volumes says it, too. */
const VOLUMES = "volumes";
const WORDS: ReadonlySet<string> = new Set(DANGERS.flatMap(({ fields }) => fields).filter((field) => field !== VOLUMES));
const OF_VOLUME_TYPES = /^K8s(?:PSP|Azure(?:V\d+)?)VolumeTypes$/;

/** Says of constraints of Gatekeeper that cannot be tried whether their templates ask for what makes a pod dangerous: one for a label refuses pods, too. */
export const spokenDangersView = defineView({
  reads: ["policyEngineObjects"],
  compute: (context): ((policy: AdmissionPolicy) => AdmissionPolicy) => {
    const templates = context.view(gatekeeperTemplatesView);
    return (policy) => {
      if (policy.engine !== "Gatekeeper") return policy;
      const { kind } = policy.object.ref;
      const asked = templates.get(kind);
      if (asked === undefined) return { ...policy, unsureBecause: policy.unsureBecause ?? UNREAD_TEMPLATE };
      const isSpoken = OF_VOLUME_TYPES.test(kind) || !asked.isDisjointFrom(WORDS);
      if (!isSpoken && !asked.has(VOLUMES)) return { ...policy, laxBecause: UNSPOKEN };
      return isSpoken && OF_LIBRARY.test(kind) ? policy : { ...policy, unsureBecause: policy.unsureBecause ?? UNTOLD_TEMPLATE };
    };
  },
});
