import type { AdmissionPolicy } from "../../inventory/admission/admission-policy";
import { defineView } from "../../inventory/view";
import { dig, record, text } from "../../model/json";
import { DANGERS } from "../../pod-security/exemplary-pods";

const UNSPOKEN = "it asks for nothing that makes a pod dangerous";
const UNREAD = "its template was not read";

const WORDS: ReadonlySet<string> = new Set(DANGERS.flatMap(({ fields }) => fields));

/** Says of constraints of Gatekeeper, which nobody can try, whether their templates ask for what makes a pod dangerous: one for a label refuses pods, too. */
export const spokenDangersView = defineView({
  reads: ["policyEngineObjects"],
  compute: ({ slices }): ((policy: AdmissionPolicy) => AdmissionPolicy) => {
    const templates = new Map(
      slices.policyEngineObjects
        .filter(({ ref }) => ref.kind === "ConstraintTemplate")
        .map(({ body }) => [text(dig(body, "spec", "crd", "spec", "names", "kind")), JSON.stringify(record(body.spec).targets)] as const),
    );
    return (policy) => {
      if (policy.engine !== "Gatekeeper") return policy;
      const asked = templates.get(policy.object.ref.kind);
      if (asked === undefined) return { ...policy, unsureBecause: policy.unsureBecause ?? UNREAD };
      return asked.match(/[a-z]+/gi)?.some((word) => WORDS.has(word)) ? policy : { ...policy, laxBecause: UNSPOKEN };
    };
  },
});
