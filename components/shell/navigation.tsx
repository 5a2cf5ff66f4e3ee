"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";
import { BrandMark } from "../charts/brand-mark";
import { findNavKey, NAV_GROUPS } from "./nav-groups";
import { PostureLink } from "./posture-link";
import type { ShellData } from "./shell-data";

/** Groups of pages; used beside the page and inside the drawer. */
export function Navigation({ shell, onFollow }: { readonly shell: ShellData; readonly onFollow?: () => void }): ReactNode {
  const current = findNavKey(usePathname());
  const base = `/c/${shell.current}`;
  return (
    <>
      <PostureLink className="brand" href={base} {...(onFollow === undefined ? {} : { onClick: onFollow })}>
        <BrandMark size={22} />
        Concentric
      </PostureLink>
      {NAV_GROUPS.map((group) => (
        <div key={group.title}>
          <h2 className="nav-t">{group.title}</h2>
          <ul>
            {group.pages.map((page) => {
              const count = shell.counts[page.key];
              return (
                <li key={page.key}>
                  <PostureLink
                    className="nav-a"
                    href={`${base}${page.path}`}
                    {...(page.key === current ? { "aria-current": "page" as const } : {})}
                    {...(onFollow === undefined ? {} : { onClick: onFollow })}
                  >
                    {page.label}
                    {count === undefined ? null : <span className="count">{typeof count === "number" ? formatCount(count) : count}</span>}
                  </PostureLink>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </>
  );
}
