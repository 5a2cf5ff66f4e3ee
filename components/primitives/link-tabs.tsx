"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { formatCount } from "@/lib/format/numbers";
import { PostureLink } from "../shell/posture-link";

export interface LinkTab {
  readonly href: string;
  readonly label: ReactNode;
  readonly count?: number | string;
  readonly current: boolean;
}

/** Tabs are links: each is an address, and the middle mouse button works. */
export function LinkTabs({
  label,
  tabs,
  kind = "tabs",
}: {
  readonly label: string;
  readonly tabs: readonly LinkTab[];
  readonly kind?: "tabs" | "seg";
}): ReactNode {
  const nav = useRef<HTMLElement>(null);
  const open = tabs.findIndex((tab) => tab.current);
  // On a phone they scroll: the one that is open may lie outside.
  useEffect(() => {
    const [box, tab] = [nav.current, nav.current?.children[open]].map((element) => element?.getBoundingClientRect());
    if (box && tab) nav.current?.scrollBy({ left: tab.left + tab.width / 2 - box.left - box.width / 2, behavior: "instant" });
  }, [open]);
  return (
    <nav ref={nav} className={kind} aria-label={label}>
      {tabs.map((tab) => (
        <PostureLink key={tab.href} href={tab.href} scroll={false} {...(tab.current ? { "aria-current": "page" as const } : {})}>
          <span>{tab.label}</span>
          {tab.count === undefined ? null : <span className="count">{typeof tab.count === "number" ? formatCount(tab.count) : tab.count}</span>}
        </PostureLink>
      ))}
    </nav>
  );
}
