import { dig, record, text } from "../../model/json";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";

/** Kinds of constraints, of Gatekeeper's library and of the initiatives of Azure Policy, of which it is known what they ask. */
export const OF_LIBRARY = /^K8s(?:PSP|Azure)/;

/** Why nobody can tell what a constraint refuses, as part of a sentence. */
export const UNREAD_TEMPLATE = "its template was not read";
export const UNTOLD_TEMPLATE = "what its template refuses is not evaluated here";

const COMMENT = /^[^\S\n\r\u2028\u2029]*#.*$/gm;

/** All words of the targets of a template, but for what it says to people who read it; as JSON writes it, the end of a line would stand before the next word as a letter. */
function wordsOf(targets: unknown): ReadonlySet<string> {
  const asked = JSON.stringify(targets, (_, value: unknown) => (typeof value === "string" ? value.replace(COMMENT, "").replace(/\s/g, " ") : value));
  return new Set(asked?.match(/[a-z]+/gi));
}

/** The kind of constraint that a template is for. */
export function kindOfTemplate({ body }: Pick<KubeObject, "body">): string | undefined {
  return text(dig(body, "spec", "crd", "spec", "names", "kind"));
}

/** What the templates of Gatekeeper speak of, by the kind of constraint that each is for. */
export const gatekeeperTemplatesView = defineView({
  reads: ["policyEngineObjects"],
  compute: ({ slices }): ReadonlyMap<string | undefined, ReadonlySet<string>> =>
    new Map(
      slices.policyEngineObjects
        .filter(({ ref }) => ref.kind === "ConstraintTemplate")
        .map((template) => [kindOfTemplate(template), wordsOf(record(template.body.spec).targets)] as const),
    ),
});
