"use client";
import { useSyncExternalStore } from "react";

/** The last name of the tab that a page gave it. */
let last = "";

/** React finds the title of the page that is shown; the one that is kept meanwhile is marked. */
function findName(): string | null {
  const name = document.head.querySelector("title:not([data-kept])")?.textContent ?? null;
  if (name !== null) last = name;
  return name;
}

function subscribe(listener: () => void): () => void {
  findName();
  const observer = new MutationObserver(listener);
  observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  return () => observer.disconnect();
}

/**
 * The name that the tab had, as long as that of the page that was gone to is on its way; null = it is there. A step through the history to another question
 * of the same page, whose answer a scan has made old, shows the address at once and the page only with its answer: nothing else tells until then that it is
 * on its way.
 */
export function useNameKept(): string | null {
  return useSyncExternalStore(
    subscribe,
    () => (findName() === null ? last : null),
    () => null,
  );
}
