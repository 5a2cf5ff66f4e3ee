import type { ReactNode } from "react";
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
  return (
    <nav className={kind} aria-label={label}>
      {tabs.map((tab) => (
        <PostureLink key={tab.href} href={tab.href} scroll={false} {...(tab.current ? { "aria-current": "page" as const } : {})}>
          <span>{tab.label}</span>
          {tab.count === undefined ? null : <span className="count">{typeof tab.count === "number" ? formatCount(tab.count) : tab.count}</span>}
        </PostureLink>
      ))}
    </nav>
  );
}
