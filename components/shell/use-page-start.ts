import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { goOnFrom } from "./go-on-from";
import { onNavigationStart } from "./navigation-start";

/** What closes with the link that is followed in it gives the focus back by itself, and gets the time to. */
const OTHERS_FIRST_MS = 120;

/** The keyboard begins at the part that the address names, or at the page's answer, which a screen reader reads out: unless somebody has it at work already. */
function startPage(): void {
  const { activeElement } = document;
  if (activeElement?.closest('main *, input, textarea, select, [role="dialog"]')) return;
  const part = document.getElementById(location.hash.slice(1)) ?? document.querySelector<HTMLElement>("main h1");
  if (part) goOnFrom(part);
}

/**
 * A document that is loaded begins at its beginning; a link inside the product would leave the keyboard on itself in the frame, or nowhere where it went with its page.
 * A step through the history finds its own place again, and whoever went on with the Tab key while the page was on its way has found another.
 */
export function usePageStart(isBusy: boolean): void {
  const pathname = usePathname();
  const started = useRef(pathname);
  const isStep = useRef(false);
  const hasGoneOn = useRef(false);
  useEffect(() => {
    const goOn = ({ key }: KeyboardEvent): void => {
      // From a link that went with its page the key leads back to the top of the document, which is no place.
      if (key === "Tab" && document.activeElement !== document.body) hasGoneOn.current = true;
    };
    document.addEventListener("keydown", goOn);
    const end = onNavigationStart((kind) => {
      isStep.current = kind === "traverse";
      hasGoneOn.current = false;
    });
    return () => {
      end();
      document.removeEventListener("keydown", goOn);
    };
  }, []);
  useEffect(() => {
    if (isBusy || started.current === pathname) return;
    const timer = setTimeout(() => {
      started.current = pathname;
      // What the key led to in the page that was left went with it.
      const isElsewhere = hasGoneOn.current && document.activeElement !== document.body;
      if (!isStep.current && !isElsewhere) startPage();
    }, OTHERS_FIRST_MS);
    return () => clearTimeout(timer);
  }, [isBusy, pathname]);
}
