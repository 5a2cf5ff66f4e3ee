import { list, record, text } from "../model/json";

interface FoundItem {
  readonly kind: string;
  readonly label: string;
  readonly note?: string;
  readonly href: string;
}

/** Asks the search address; an answer of another shape, or none, is an empty list: the palette still has its pages. */
export async function findPaletteItems(searchPath: string, typed: string, signal: AbortSignal): Promise<readonly FoundItem[]> {
  const separator = searchPath.includes("?") ? "&" : "?";
  const response = await fetch(`${searchPath}${separator}q=${encodeURIComponent(typed)}`, { signal, headers: { accept: "application/json" } });
  if (!response.ok) return [];
  const answer: unknown = await response.json();
  return list(record(answer).items).flatMap((item): FoundItem[] => {
    const { kind, label, note, href } = record(item);
    const [kindText, labelText, hrefText, noteText] = [text(kind), text(label), text(href), text(note)];
    if (labelText === undefined || hrefText === undefined || !hrefText.startsWith("/")) return [];
    return [{ kind: kindText ?? "", label: labelText, href: hrefText, ...(noteText === undefined ? {} : { note: noteText }) }];
  });
}
