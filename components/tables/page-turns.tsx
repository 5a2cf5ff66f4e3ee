"use client";
import { type MouseEvent, type ReactNode, useEffect, useRef } from "react";

interface PageTurnsProps {
  /** What the pages are of: "Pages of the list". */
  readonly label: string;
  /** Names the page that is shown. */
  readonly page: string | number | null;
  /** Where the keyboard goes on: the first that it matches beside the links. */
  readonly target: string;
  /** How much of the list the page holds. */
  readonly note?: string;
  /** Links to other pages. */
  readonly children: ReactNode;
}

/**
 * The ways to other pages of a list. Once one of them was followed and the page has come, the keyboard goes on at its beginning, which a screen reader reads out:
 * the same link, now to the page after next, would say nothing, and the last page has none.
 */
export function PageTurns({ label, page, target, note, children }: PageTurnsProps): ReactNode {
  const nav = useRef<HTMLElement>(null);
  const shown = useRef(page);
  const isTurning = useRef(false);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    if (isTurning.current) nav.current?.parentElement?.querySelector<HTMLElement>(target)?.focus({ preventScroll: true });
    isTurning.current = false;
  }, [page, target]);
  const turn = (event: MouseEvent): void => {
    isTurning.current = event.target instanceof Element && event.target.closest("a") !== null && !(event.metaKey || event.ctrlKey || event.shiftKey);
  };
  return (
    <nav ref={nav} className="pages" aria-label={label} onClickCapture={turn}>
      {children}
      {note === undefined ? null : <span className="cap">{note}</span>}
    </nav>
  );
}
