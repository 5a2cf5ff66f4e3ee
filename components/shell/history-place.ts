import { goOnFrom } from "./go-on-from";
import { onNavigationStart } from "./navigation-start";
import { isWaitingNow } from "./waits";

/** Where each entry of this tab's history was scrolled to, in px. */
const places = new Map<string, number>();
/** The link in the page that each entry was left by, as its address is written there. */
const followed = new Map<string, string>();
/** The entry whose page is on screen, which lags behind the address while another is on its way. */
let shown: string | null = null;
/** Where a step through the history leads to, until the page is there again. */
let wanted: { readonly entry: string; readonly px: number } | null = null;

const QUIET_FRAMES = 8;
/** A page that stays too short, since it has changed, is left alone after as many frames. */
const SHORT_FRAMES = 90;

/** What tells the current entry of the history from others, also of the same address; browsers without the Navigation API know the address alone. */
export function historyEntry(): string {
  return window.navigation?.currentEntry?.key ?? location.href;
}

/** The page of the current entry is on screen. To be called in the same breath: what scrolls from then on is its place. */
export function showEntry(): void {
  shown = historyEntry();
}

/** What scrolls while another page is on its way is no longer the place of the one that was left: a skeleton is short and takes the page to its top. */
function keepPlace(): void {
  if (shown !== null && shown === historyEntry() && wanted === null) places.set(shown, scrollY);
}

function letGo(): void {
  wanted = null;
}

/**
 * A link to another part of the page makes an entry that the router hears nothing of. It is told, or Back from another page would leave that one on screen
 * under the address of this one.
 */
function showPart({ oldURL, newURL }: HashChangeEvent): void {
  const pageOf = (address: string): string => address.replace(/#.*/s, "");
  if (pageOf(oldURL) !== pageOf(newURL)) return;
  if (history.state === null) history.replaceState(null, "", location.href);
  if (shown !== null) showEntry();
}

function keepFollowed(): void {
  const link = document.activeElement?.closest("main a[href]");
  const href = link?.getAttribute("href");
  if (href) followed.set(historyEntry(), href);
  else followed.delete(historyEntry());
}

/** The keyboard goes on from the link that the page was left by, or from its answer, unless something has the focus already. */
function focusFollowed(entry: string): void {
  const href = followed.get(entry);
  const { activeElement } = document;
  if (!(activeElement === null || activeElement.matches("body, main"))) return;
  const start = document.querySelector<HTMLElement>(href === undefined ? "main h1" : `main a[href="${CSS.escape(href)}"]`);
  if (start) goOnFrom(start);
}

/**
 * Scrolls to the place as soon as the page is on screen and long enough. The browser tries once, when the step is made, and by then a skeleton may have
 * been there, which is short; and what a list measures of its rows moves them for some frames more.
 */
function goBackTo(target: { readonly entry: string; readonly px: number }): void {
  wanted = target;
  let [quiet, short] = [0, 0];
  const step = (): void => {
    if (wanted !== target) return;
    if (shown === target.entry && !isWaitingNow()) {
      const isThere = (): boolean => Math.abs(scrollY - target.px) <= 1;
      if (!isThere()) scrollTo({ top: target.px, behavior: "instant" });
      [quiet, short] = isThere() ? [quiet + 1, short] : [0, short + 1];
    }
    if (quiet > QUIET_FRAMES || short > SHORT_FRAMES) {
      focusFollowed(target.entry);
      letGo();
    } else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

/** Keeps the place of every entry, and finds it again when the reader steps through the history. Returns what ends that. */
export function keepPlaces(): () => void {
  const stop = onNavigationStart((kind) => {
    if (kind !== "traverse") keepPlace();
    if (kind === "push") keepFollowed();
    letGo();
    const px = places.get(historyEntry());
    if (kind === "traverse" && px !== undefined) goBackTo({ entry: historyEntry(), px });
  });
  const options = { passive: true, capture: true };
  addEventListener("scroll", keepPlace, options);
  addEventListener("hashchange", showPart);
  // Whoever scrolls themselves decides.
  const hands = ["wheel", "touchstart", "keydown", "pointerdown"] as const;
  for (const hand of hands) addEventListener(hand, letGo, options);
  return () => {
    stop();
    removeEventListener("scroll", keepPlace, options);
    removeEventListener("hashchange", showPart);
    for (const hand of hands) removeEventListener(hand, letGo, options);
  };
}
