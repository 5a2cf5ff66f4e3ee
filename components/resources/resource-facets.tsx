"use client";
import type { ReactNode } from "react";
import { FacetPanel } from "../filters/facet-panel";
import { listOf } from "../filters/list-param";
import { useFilter } from "../filters/use-filter";

/** Facets of the list; the count of what is chosen stands on the phone's button. */
export function ResourceFacets({ children }: { readonly children: ReactNode }): ReactNode {
  const { search } = useFilter();
  const active = ["failing", "kind", "namespace"].reduce((sum, name) => sum + listOf(search, name).length, 0);
  return <FacetPanel active={active}>{children}</FacetPanel>;
}
