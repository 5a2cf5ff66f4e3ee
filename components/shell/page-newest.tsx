"use client";
import { useLayoutEffect, useSyncExternalStore } from "react";

let told: number | null = null;
const listeners = new Set<() => void>();

function tell(seq: number | null): void {
  told = seq;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Says, as long as a page is shown, which snapshot was the newest when it was read. A page that is gone to by a link comes without its frame, which may be
 * of the snapshot before.
 */
export function PageNewest({ seq }: { readonly seq: number | null }): null {
  useLayoutEffect(() => {
    tell(seq);
    return () => tell(null);
  }, [seq]);
  return null;
}

/** What the page on screen says at this moment; null = nothing. */
export function findPageNewest(): number | null {
  return told;
}

/** The same, as long as the caller is shown. */
export function usePageNewest(): number | null {
  return useSyncExternalStore(subscribe, findPageNewest, () => null);
}
