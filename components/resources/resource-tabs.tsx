"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { withParam } from "../filters/list-param";
import { useFilter } from "../filters/use-filter";
import { LinkTabs } from "../primitives/link-tabs";

const SCOPES = [
  ["", "All"],
  ["workload", "Workloads"],
  ["platform", "Platform"],
] as const;

/** Platform namespaces score separately, so they can be looked at apart. */
export function ResourceTabs(): ReactNode {
  const { search } = useFilter();
  const pathname = usePathname();
  const chosen = new URLSearchParams(search).get("scope") ?? "";
  return (
    <LinkTabs label="Scope" tabs={SCOPES.map(([value, label]) => ({ href: pathname + withParam(search, "scope", value), label, current: chosen === value }))} />
  );
}
