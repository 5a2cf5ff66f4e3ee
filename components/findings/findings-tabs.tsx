"use client";
import type { ReactNode } from "react";
import type { FindingsSearch } from "@/lib/client/findings-search";
import type { ListFindingsResponse } from "@/lib/contracts/findings";
import { type LinkTab, LinkTabs } from "../primitives/link-tabs";

interface FindingsTabsProps {
  readonly path: string;
  readonly search: FindingsSearch;
  readonly tabs: ListFindingsResponse["tabs"];
  /** "17 Nov"; null = nothing earlier to compare with. */
  readonly since: string | null;
  /** Off where nothing is known to be open because nothing could be assessed: no zero stands for what nobody could count. */
  readonly isKnown: boolean;
}

/** Ready-made views. They keep the object and the part of the cluster, and how the rows look; other filters go. */
export function FindingsTabs({ path, search, tabs, since, isKnown }: FindingsTabsProps): ReactNode {
  const kept = new URLSearchParams();
  for (const name of ["scope", "columns"] as const) if (search[name] !== null) kept.set(name, search[name].join(","));
  for (const name of ["resource", "view", "rows"] as const) if (search[name] !== null) kept.set(name, search[name]);
  const hrefOf = (name: string, value: string): string => {
    const query = new URLSearchParams(kept);
    if (name !== "") query.set(name, value);
    return query.size === 0 ? path : `${path}?${query.toString().replaceAll("%2C", ",")}`;
  };
  const counted = (count: number): Pick<LinkTab, "count"> => (count > 0 || isKnown ? { count } : {});
  const hasNothingElse =
    search.tab === null &&
    search.layer === null &&
    search.age === null &&
    search.assessed === null &&
    search.control === null &&
    search.namespace === null &&
    search.kind === null &&
    search.q === null;
  const is = (severity: string | null, state: string | null): boolean =>
    hasNothingElse && (search.severity?.join() ?? null) === severity && (search.state?.join() ?? null) === state;
  return (
    <LinkTabs
      label="Views"
      tabs={[
        { label: "All open", href: hrefOf("", ""), ...counted(tabs.all), current: is(null, null) },
        { label: "Critical and high", href: hrefOf("severity", "critical,high"), ...counted(tabs.criticalHigh), current: is("critical,high", null) },
        ...(since === null
          ? []
          : [
              { label: `Opened since ${since}`, href: hrefOf("tab", "opened"), ...counted(tabs.opened), current: search.tab === "opened" },
              { label: `Closed since ${since}`, href: hrefOf("tab", "closed"), ...counted(tabs.closed), current: search.tab === "closed" },
            ]),
        { label: "Needs review", href: hrefOf("state", "manual"), ...counted(tabs.manual), current: is(null, "manual") },
        { label: "Not assessed", href: hrefOf("state", "unknown"), ...counted(tabs.unknown), current: is(null, "unknown") },
      ]}
    />
  );
}
