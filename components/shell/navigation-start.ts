export type NavigationKind = "push" | "replace" | "traverse";

type Listener = (kind: NavigationKind) => void;

const listeners = new Set<Listener>();

/** Called by the router when a navigation starts: within its transition, before the address or the page has changed. */
export function tellNavigation(_url: string, kind: NavigationKind): void {
  for (const listener of listeners) listener(kind);
}

/** Calls `listener` at the start of each navigation inside the application. Returns what ends that. */
export function onNavigationStart(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
