"use client";
import { type InfiniteData, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { ListFindingsResponse } from "../contracts/findings";
import { apiFetch } from "./api-fetch";
import { clusterApiPath } from "./api-path";
import { queryKeys } from "./query-keys";

interface FindingsList {
  readonly cluster: string;
  /** See toFindingsQuery. */
  readonly query: string;
  /** First page that came with the page itself, and the query that it answers. */
  readonly initial: { readonly query: string; readonly page: ListFindingsResponse };
}

const PAGE = 100;

const contract = () => import("../contracts/findings").then((module) => module.listFindingsResponse);

/** The list, page by page. While another filter is read, the old rows stay (`isPlaceholderData`). */
export function useFindings({ cluster, query, initial }: FindingsList) {
  const { page } = initial;
  const seq = page.moment.at?.seq ?? null;
  return useInfiniteQuery({
    queryKey: queryKeys.findings(cluster, query, seq),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams(query);
      // All pages of a list come from one snapshot, also while a new one arrives.
      if (seq !== null && !params.has("at")) params.set("at", String(seq));
      params.set("limit", String(PAGE));
      if (pageParam !== null) params.set("cursor", pageParam);
      return apiFetch({ path: `${clusterApiPath(cluster)}/findings?${params}`, contract, signal });
    },
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    // A snapshot never changes.
    staleTime: Number.POSITIVE_INFINITY,
    ...(query === initial.query && { initialData: { pages: [page], pageParams: [null] } satisfies InfiniteData<ListFindingsResponse, string | null> }),
  });
}
