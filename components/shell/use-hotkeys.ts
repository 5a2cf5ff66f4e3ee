"use client";
import { useEffectEvent, useLayoutEffect } from "react";

/** Key name as in KeyboardEvent.key, with "mod+" for Ctrl or Cmd: "c", "?", "P", "mod+k". An action that gives false leaves the key to others. */
type Hotkeys = Readonly<Record<string, () => unknown>>;

/**
 * Single keys act only outside fields, so that typing never triggers them. A key acts on what is shown: from the moment in which a new page stands in the
 * document, not from some milliseconds after, in which a copied link would still name the snapshot before. Of the same key, the page's goes before the
 * frame's, whether it was loaded in it or came later: an event passes the document on its way to the window.
 */
export function useHotkeys(keys: Hotkeys, of: "page" | "frame" = "page"): void {
  const act = useEffectEvent((event: KeyboardEvent): void => {
    const mod = event.ctrlKey || event.metaKey;
    if (event.altKey || event.defaultPrevented) return;
    if (!mod && (isTyping(event.target) || isPressing(event))) return;
    const action = keys[mod ? `mod+${event.key.toLowerCase()}` : event.key];
    if (action !== undefined && action() !== false) event.preventDefault();
  });
  useLayoutEffect(() => {
    const place: Pick<Document, "addEventListener" | "removeEventListener"> = of === "frame" ? window : document;
    const listen = (event: KeyboardEvent): void => act(event);
    place.addEventListener("keydown", listen);
    return () => place.removeEventListener("keydown", listen);
  }, [of]);
}

/** A link or button that has the focus is followed by the browser, unless the key is taken from it. */
function isPressing({ key, target }: KeyboardEvent): boolean {
  return key === "Enter" && target instanceof HTMLElement && target.matches("a, button, input, summary");
}

function isTyping(target: EventTarget | null): boolean {
  // A checkbox takes no letters: the keys of the list still work after one was clicked.
  if (target instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(target.type)) return false;
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
