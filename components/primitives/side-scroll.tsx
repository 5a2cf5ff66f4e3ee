"use client";
import clsx from "clsx";
import { type ReactNode, useEffect, useRef } from "react";

interface SideScrollProps {
  /** Spoken, for what takes no focus of its own; absent = the cells inside do. */
  readonly label?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** What may be wider than its place: it scrolls sideways, and a shade at an edge says that there is more. */
export function SideScroll({ label, className, children }: SideScrollProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const found = box.current;
    if (found === null) return;
    const mark = (): void => {
      const rest = found.scrollWidth - found.clientWidth - found.scrollLeft;
      found.parentElement?.setAttribute("data-more", [found.scrollLeft > 1 ? "start" : "", rest > 1 ? "end" : ""].join(" ").trim());
    };
    const watch = new ResizeObserver(mark);
    watch.observe(found);
    if (found.firstElementChild !== null) watch.observe(found.firstElementChild);
    found.addEventListener("scroll", mark, { passive: true });
    return () => {
      watch.disconnect();
      found.removeEventListener("scroll", mark);
    };
  }, []);
  return (
    <div className="side-scroll">
      <div ref={box} className={clsx("scroll-x", className)} {...(label === undefined ? {} : { tabIndex: 0, role: "region", "aria-label": label })}>
        {children}
      </div>
    </div>
  );
}
