import { type RefObject, useEffect, useRef } from "react";

/**
 * A chart takes one step of the Tab key. Recharts draws its layers into SVG groups through portals, React listens for focus on each of
 * those, and Chromium stops at whatever group listens for focus: five to seven invisible steps a chart.
 */
export function useSingleTabStop<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    const chart = ref.current;
    if (chart === null) return;
    const skip = (): void => {
      for (const group of chart.querySelectorAll("g[class^='recharts-zIndex-layer']:not([tabindex])")) group.setAttribute("tabindex", "-1");
    };
    skip();
    const observer = new MutationObserver(skip);
    observer.observe(chart, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return ref;
}
