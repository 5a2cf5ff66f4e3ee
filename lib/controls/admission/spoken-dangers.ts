import type { AdmissionPolicy } from "../../inventory/admission/admission-policy";
import { defineView } from "../../inventory/view";
import { dig, record, text } from "../../model/json";
import { DANGERS } from "../../pod-security/exemplary-pods";

const UNSPOKEN = "it asks for nothing that makes a pod dangerous";
const OF_VOLUMES = "which volumes its template refuses is not evaluated here";
const UNREAD = "its template was not read";

/** One on the size of volumes says it, too. */
const VOLUMES = "volumes";
const WORDS: ReadonlySet<string> = new Set(DANGERS.flatMap(({ fields }) => fields).filter((field) => field !== VOLUMES));
/** Of Gatekeeper's library, and of the initiatives of Azure Policy. */
const OF_VOLUME_TYPES = /^K8s(?:PSP|Azure(?:V\d+)?)VolumeTypes$/;

const COMMENT = /^\s*#.*$/gm;

/** All words of the targets of a template, but for what it says to people who read it. */
function wordsOf(targets: unknown): readonly string[] {
  const asked = JSON.stringify(targets, (_, value: unknown) => (typeof value === "string" ? value.replace(COMMENT, "") : value));
  return asked?.match(/[a-z]+/gi) ?? [];
}

/** Says of constraints of Gatekeeper, which nobody can try, whether their templates ask for what makes a pod dangerous: one for a label refuses pods, too. */
export const spokenDangersView = defineView({
  reads: ["policyEngineObjects"],
  compute: ({ slices }): ((policy: AdmissionPolicy) => AdmissionPolicy) => {
    const templates = new Map(
      slices.policyEngineObjects
        .filter(({ ref }) => ref.kind === "ConstraintTemplate")
        .map(({ body }) => [text(dig(body, "spec", "crd", "spec", "names", "kind")), wordsOf(record(body.spec).targets)] as const),
    );
    return (policy) => {
      if (policy.engine !== "Gatekeeper") return policy;
      const asked = templates.get(policy.object.ref.kind);
      if (asked === undefined) return { ...policy, unsureBecause: policy.unsureBecause ?? UNREAD };
      if (OF_VOLUME_TYPES.test(policy.object.ref.kind) || asked.some((word) => WORDS.has(word))) return policy;
      return asked.includes(VOLUMES) ? { ...policy, unsureBecause: policy.unsureBecause ?? OF_VOLUMES } : { ...policy, laxBecause: UNSPOKEN };
    };
  },
});
