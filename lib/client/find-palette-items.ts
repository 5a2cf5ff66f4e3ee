import { apiFetch } from "./api-fetch";

interface FoundItem {
  readonly kind: string;
  readonly label: string;
  readonly note?: string;
  readonly href: string;
}

/** Asks the search address. Throws RequestError; an abort is thrown on as it is. */
export async function findPaletteItems(searchPath: string, typed: string, signal: AbortSignal): Promise<readonly FoundItem[]> {
  const path = `${searchPath}${searchPath.includes("?") ? "&" : "?"}q=${encodeURIComponent(typed)}`;
  const { hits } = await apiFetch({ path, signal, contract: async () => (await import("../contracts/snapshots")).searchResponse });
  return hits.filter((hit) => hit.href.startsWith("/")).map(({ kind, title, note, href }) => ({ kind, label: title, note, href }));
}
