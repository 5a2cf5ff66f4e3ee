import { goOnFrom } from "./go-on-from";
import { isWaitingNow } from "./waits";

/** Popovers and dialogs give the focus back by themselves, and get the time to. */
const OTHERS_FIRST_MS = 120;

function withParents(element: Element): readonly HTMLElement[] {
  const parents: HTMLElement[] = [];
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) if (at instanceof HTMLElement) parents.push(at);
  return parents;
}

/** The element itself, or the one that was made anew in its place. */
function findAgain(element: HTMLElement): HTMLElement | null {
  if (element.isConnected) return element;
  return element.id === "" ? null : document.getElementById(element.id);
}

/**
 * What is taken away, made anew or switched off while it has the focus leaves it to nobody, and the next Tab would begin at the top of the document.
 * It goes back to the same element, to the one with its id, or to the nearest part of the page round it that is there again; another page is left alone,
 * since a list finds the place again that somebody left. Returns how to end it.
 */
export function keepFocus(): () => void {
  let last: readonly HTMLElement[] = [];
  let path = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isLost = (): boolean => last.length > 0 && (document.activeElement === null || document.activeElement === document.body);
  const restore = (): void => {
    timer = undefined;
    const [own] = last;
    if (own === undefined || !isLost() || location.pathname !== path || (own.isConnected && own.matches(":disabled"))) return;
    // A skeleton holds nothing of the page that is on its way.
    if (isWaitingNow()) {
      timer = setTimeout(restore, OTHERS_FIRST_MS);
      return;
    }
    const target = last.map(findAgain).find((element) => element !== null);
    if (target) goOnFrom(target);
  };
  const observer = new MutationObserver(() => {
    if (timer === undefined && isLost()) timer = setTimeout(restore, OTHERS_FIRST_MS);
  });
  const note = (target: EventTarget | null): void => {
    last = target instanceof Element && target.closest("main") !== null ? withParents(target) : [];
    path = location.pathname;
  };
  const remember = ({ target }: FocusEvent): void => note(target);
  // Somebody who leaves an element that is still there means to; of what is being taken away browsers tell while it is there, and what is
  // switched off for a moment may be on again before the time has come to look.
  const forget = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element) || target.matches(":disabled")) return;
    setTimeout(() => {
      if (target === last[0] && target.isConnected && !target.matches(":disabled")) last = [];
    });
  };
  const press = (): void => {
    last = [];
  };
  // Who is quick was there before the scripts.
  note(document.activeElement);
  document.addEventListener("focusin", remember);
  document.addEventListener("focusout", forget);
  document.addEventListener("pointerdown", press, { capture: true });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled"] });
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    document.removeEventListener("focusin", remember);
    document.removeEventListener("focusout", forget);
    document.removeEventListener("pointerdown", press, { capture: true });
  };
}
