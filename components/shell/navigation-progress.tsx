"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useLayoutEffect, useOptimistic, useState } from "react";
import { useNameKept } from "./name-kept";
import { keepPlaces, showEntry } from "./history-place";
import { keepFocus } from "./keep-focus";
import { onNavigationStart } from "./navigation-start";
import { usePageStart } from "./use-page-start";
import { useIsWaiting } from "./waits";

/** Faster answers are shown without a word: a bar that only flashes says nothing. */
const LATE_MS = 150;
/** From the end of a navigation to the skeleton of what it leads to, the bar stays. */
const JOIN_MS = 30;

/**
 * A thin bar at the top while a page is on its way. React takes back the optimistic state when the router's transition is over, be it shown, replaced
 * by another or failed, so the bar cannot stay. After that it follows the skeletons, and the name that the tab has not got yet. Beside that, each entry
 * of the history keeps its place.
 */
export function NavigationProgress(): ReactNode {
  const [isGoing, setIsGoing] = useOptimistic(false);
  const isWaiting = useIsWaiting();
  const name = useNameKept();
  const isBusy = isGoing || isWaiting || name !== null;
  const [isLate, setIsLate] = useState(false);
  usePageStart(isBusy);
  const address = `${usePathname()}?${useSearchParams()}`;
  useEffect(() => onNavigationStart(() => setIsGoing(true)), [setIsGoing]);
  useEffect(keepPlaces, []);
  useEffect(keepFocus, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another page.
  useLayoutEffect(() => {
    if (!isBusy) showEntry();
  }, [isBusy, address]);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(isBusy), isBusy ? LATE_MS : JOIN_MS);
    return () => clearTimeout(timer);
  }, [isBusy]);
  return (
    <div className="going" data-late={isLate ? "" : undefined}>
      {name === null ? null : <title data-kept="">{name}</title>}
      <span className="sr" role="status">
        {isLate ? "Loading" : ""}
      </span>
    </div>
  );
}
