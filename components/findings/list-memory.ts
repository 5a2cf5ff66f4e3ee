import type { VirtualItem } from "@tanstack/react-virtual";
import { historyEntry } from "../shell/history-place";

/** What the list remembers while the reader looks at one finding, so that going back finds the same place. */
interface ListMemory {
  readonly query: string;
  /** The finding that the cursor was on, or that was opened. */
  readonly cursor: string | null;
}

let remembered: (ListMemory & { readonly entry: string }) | null = null;
let measured: { readonly of: string; readonly rows: VirtualItem[] } | null = null;

export function rememberList(memory: ListMemory): void {
  remembered = { ...memory, entry: historyEntry() };
}

/** The finding that the cursor was on, when the reader has gone back to the same list; another visit to it begins anew. */
export function recallCursor(query: string): string | null {
  return remembered?.query === query && remembered.entry === historyEntry() ? remembered.cursor : null;
}

/** How high rows were, by which a list that is drawn again is as long as before. `of` names list and way of drawing it. */
export function rememberRows(of: string, rows: VirtualItem[]): void {
  measured = { of, rows };
}

export function recallRows(of: string): VirtualItem[] {
  return measured?.of === of ? measured.rows : [];
}

/** The reader came from the list: going back is a step back. */
export function cameFromList(): boolean {
  return remembered !== null;
}
