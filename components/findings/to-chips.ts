import type { FindingsSearch } from "@/lib/client/findings-search";
import { LAYER_WORDS, SEVERITY_WORDS } from "@/lib/format/words";
import type { FilterChip } from "../filters/filter-bar";
import { ageLabel } from "./column-words";
import { AGE_WORDS, ASSESSED_WORDS, SCOPE_WORDS, STATE_FACET_WORDS } from "./facet-words";

const SHOWN = 3;

/** One more is named: to count it takes the same room. */
function words(values: readonly string[]): string {
  return values.length <= SHOWN + 1 ? values.join(", ") : `${values.slice(0, SHOWN).join(", ")} and ${values.length - SHOWN} more`;
}

/** What narrows the list, in words; each can be taken away. */
export function toChips(search: FindingsSearch): readonly FilterChip[] {
  const chip = (name: string, label: string, values: readonly string[] | null): FilterChip[] =>
    values === null ? [] : [{ name, label, words: words(values) }];
  return [
    ...chip("severity", "Severity", search.severity?.map((one) => SEVERITY_WORDS[one].toLowerCase()) ?? null),
    ...chip("layer", "Layer", search.layer?.map((one) => LAYER_WORDS[one].toLowerCase()) ?? null),
    ...chip("state", "State", search.state?.map((one) => STATE_FACET_WORDS[one].toLowerCase()) ?? null),
    ...chip("age", ageLabel(search), search.age?.map((one) => AGE_WORDS[one]) ?? null),
    ...chip("assessed", "Assessed", search.assessed?.map((one) => ASSESSED_WORDS[one].toLowerCase()) ?? null),
    ...chip("namespace", "Namespace", search.namespace?.map((one) => (one === "-" ? "cluster-wide" : one)) ?? null),
    ...chip("kind", "Kind", search.kind),
    ...chip("control", "Control", search.control),
    ...chip("scope", "Part", search.scope?.map((one) => SCOPE_WORDS[one].toLowerCase()) ?? null),
    ...chip("resource", "Object", search.resource === null ? null : [search.resource.split("/").slice(1).join("/")]),
  ];
}
