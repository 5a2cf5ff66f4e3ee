"use client";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { PostureLink } from "../shell/posture-link";
import { sortHref } from "./sort-href";

export interface SortState {
  readonly sort: string;
  readonly order: "asc" | "desc";
}

interface SortHeadProps {
  readonly column: { readonly head: string; readonly numeric?: boolean; readonly sort?: string; readonly width?: string };
  readonly state: SortState;
}

/** Column head; a sortable one is a link that turns the order round. */
export function SortHead({ column, state }: SortHeadProps): ReactNode {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const isSorted = column.sort !== undefined && column.sort === state.sort;
  const arrow = state.order === "asc" ? "↑" : "↓";
  return (
    <th
      scope="col"
      className={column.numeric === true ? "num" : undefined}
      style={column.width === undefined ? undefined : { width: column.width }}
      aria-sort={isSorted ? (state.order === "asc" ? "ascending" : "descending") : undefined}
    >
      {column.sort === undefined ? (
        column.head
      ) : (
        <PostureLink scroll={false} href={pathname + sortHref(search, column.sort, state)}>
          {column.head}
          {isSorted ? <span aria-hidden="true"> {arrow}</span> : null}
        </PostureLink>
      )}
    </th>
  );
}
