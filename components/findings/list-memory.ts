/** What the list remembers while the reader looks at one finding, so that going back finds the same place. */
interface ListMemory {
  readonly query: string;
  readonly cursor: string | null;
}

let remembered: ListMemory | null = null;

export function rememberList(memory: ListMemory): void {
  remembered = memory;
}

/** The finding that the cursor was on, when the same list is shown again. */
export function recallCursor(query: string): string | null {
  return remembered?.query === query ? remembered.cursor : null;
}

/** The reader came from the list: going back is a step back. */
export function cameFromList(): boolean {
  return remembered !== null;
}
