import type { FindingsSearch } from "@/lib/client/findings-search";
import { toChips } from "./to-chips";

/** "Filtered by severity: critical; layer: container.": what a shared link leaves out, which its title does not say. "" = nothing. */
export function filterWords(search: FindingsSearch): string {
  const chips = toChips(search).map(({ label, words }) => `${label.charAt(0).toLowerCase()}${label.slice(1)}: ${words}`);
  const parts = search.q === null ? chips : [...chips, `search: ${search.q}`];
  return parts.length === 0 ? "" : `Filtered by ${parts.join("; ")}.`;
}
