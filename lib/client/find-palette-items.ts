import { searchResponse } from "../contracts/snapshots";

interface FoundItem {
  readonly kind: string;
  readonly label: string;
  readonly note?: string;
  readonly href: string;
}

/** Asks the search address; null = it did not answer, or in another shape: the palette still has its pages. */
export async function findPaletteItems(searchPath: string, typed: string, signal: AbortSignal): Promise<readonly FoundItem[] | null> {
  const separator = searchPath.includes("?") ? "&" : "?";
  const response = await fetch(`${searchPath}${separator}q=${encodeURIComponent(typed)}`, { signal, headers: { accept: "application/json" } });
  if (!response.ok) return null;
  const answer = searchResponse.safeParse(await response.json());
  if (!answer.success) return null;
  return answer.data.hits.filter((hit) => hit.href.startsWith("/")).map(({ kind, title, note, href }) => ({ kind, label: title, note, href }));
}
