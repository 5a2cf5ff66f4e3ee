export interface PaletteItem {
  /** "page", "cluster", "control", "finding", "framework", "clause", "resource" */
  readonly kind: string;
  readonly label: string;
  readonly note?: string;
  readonly href: string;
}

/** Items that hold every typed word, those whose label starts with the text first. */
export function matchItems(items: readonly PaletteItem[], typed: string): readonly PaletteItem[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return items;
  const start = words.join(" ");
  const rank = (item: PaletteItem): number => (item.label.toLowerCase().startsWith(start) ? 0 : 1);
  return items
    .filter((item) => {
      // All pages are of the kind "page", whose letters say nothing.
      const text = `${item.kind === "page" ? "" : item.kind} ${item.label} ${item.note ?? ""}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => rank(a) - rank(b));
}
