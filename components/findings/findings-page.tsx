"use client";
import { useSearchParams } from "next/navigation";
import { lazy, type MouseEvent, type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { chosenColumns, countFilters, loadFindingsSearch, toFindingsQuery } from "@/lib/client/findings-search";
import { RequestError } from "@/lib/client/request-error";
import { useFindings } from "@/lib/client/use-findings";
import type { FindingRow, ListFindingsResponse } from "@/lib/contracts/findings";
import { findingsViewSentence, findingsViewTitle } from "@/lib/format/findings-titles";
import { spanWords } from "@/lib/format/moment-words";
import { BRACKET_WORDS, formatCount, formatNoun } from "@/lib/format/numbers";
import { findingPath } from "@/lib/format/paths";
import { FacetPanel } from "../filters/facet-panel";
import { FilterGo } from "../filters/filter-go";
import { TunedLink } from "../posture/tuned-link";
import { ErrorMessage } from "../primitives/error-message";
import { PageHead } from "../primitives/page-head";
import { PartBoundary } from "../primitives/part-boundary";
import { SkeletonRows } from "../primitives/skeleton";
import { UnloadedNote } from "../primitives/unloaded-note";
import { useCopied } from "../primitives/use-copied";
import { useTimeZone } from "../primitives/use-time-zone";
import { PageFoot } from "../shell/page-foot";
import { withMoment } from "../shell/posture-search";
import { useWait } from "../shell/waits";
import { ExportMenu } from "./export-menu";
import { FindingsDock } from "./findings-dock";
import { ageLabel } from "./column-words";
import { FindingsFacets } from "./findings-facets";
import { FindingsTable, type TableHandle } from "./findings-table";
import { FindingsTabs } from "./findings-tabs";
import { ListTools } from "./list-tools";
import { rememberList } from "./list-memory";
import { toChips } from "./to-chips";
import { toFindingsView } from "./to-findings-view";
import { type ListItem, toListItems } from "./to-list-items";
import { useRowCursor } from "./use-row-cursor";
import { useSelection } from "./use-selection";

/** Where there are rows, and mostly there are, its words are not loaded. */
const FindingsEmpty = lazy(() => import("./findings-empty").then((module) => ({ default: module.FindingsEmpty })));

interface FindingsPageProps {
  readonly cluster: string;
  /** The first page, made on the server, and the query that it answers. */
  readonly initial: { readonly query: string; readonly page: ListFindingsResponse };
}

/** The finding whose link was clicked. */
function clickedRow({ target }: MouseEvent, items: readonly ListItem[]): string | null {
  const row = target instanceof Element ? target.closest("a.row-a")?.closest("tr") : null;
  const item = items[Number(row?.dataset.index ?? Number.NaN)];
  return item?.kind === "row" ? item.key : null;
}

/** What is said of a request that failed at `atMs`. */
function toFailure(error: Error | null, atMs: number) {
  return error instanceof RequestError ? { request: { ...error, failedAt: new Date(atMs).toISOString() }, message: error.message } : null;
}

const EMPTY: readonly FindingRow[] = [];

/** What is open: filter left, rows right, keys below. The address holds it all. */
export function FindingsPage({ cluster, initial }: FindingsPageProps): ReactNode {
  // Every choice is a link or an entry of the history, so the address is only read here: what writes it as well weighs as much as the page itself.
  const address = useSearchParams();
  const search = useMemo(() => loadFindingsSearch(address), [address]);
  const query = toFindingsQuery(search);
  const list = useFindings({ cluster, query, initial });
  const { fetchNextPage, hasNextPage, isFetching, isPlaceholderData } = list;
  useWait(isPlaceholderData && isFetching);
  const answer = isPlaceholderData ? undefined : list.data?.pages[0];
  // An answer and the question that it was given to: the title says nothing of the next question before its answer is there.
  const [answered, setAnswered] = useState({ head: initial.page, search });
  if (answer !== undefined && (answered.head !== answer || answered.search !== search)) setAnswered({ head: answer, search });
  const { head } = answered;
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? EMPTY, [list.data]);
  const items = useMemo(
    () => toListItems(rows, search.view, new Map(head.facets.control.map(({ value, count }) => [value, count]))),
    [rows, search.view, head.facets.control],
  );
  const { selected, toggle, toggleAll, clear } = useSelection(query);
  const { copied, copy } = useCopied();
  const [range, setRange] = useState<readonly [number, number] | null>(null);
  const table = useRef<TableHandle | null>(null);
  const base = `/c/${cluster}`;
  const path = `${base}/findings`;
  const moment = { at: head.moment.at?.seq ?? null, since: head.moment.since?.seq ?? null };
  const linkOf = (id: string): string => location.origin + withMoment(findingPath(cluster, id), "", moment);
  const cursor = useRowCursor({
    rows,
    query,
    start: range?.[0] ?? 0,
    onToggle: toggle,
    onCopy: (row) => copy(linkOf(row.id)),
    onMove: (index) => table.current?.show(index),
  });
  const go = useCallback((next: string) => history.pushState(null, "", location.pathname + next), []);
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const onRange = useCallback((first: number, last: number) => setRange((old) => (old?.[0] === first && old[1] === last ? old : [first, last])), []);
  const zone = useTimeZone();
  const since = spanWords(head.moment, zone)?.from ?? null;
  const view = toFindingsView(head, answered.search, since);
  const isKnown = head.total > 0 || head.tabs.unknown === 0;
  // The head of a group names the object of all its rows.
  const columns = chosenColumns(search).filter((column) => search.view !== "object" || column !== "object");
  // What is not loaded yet is not on paper.
  const printed =
    rows.length < head.matching ? `The first ${formatCount(rows.length)} of ${formatNoun(head.matching, "finding")}` : formatNoun(head.matching, "finding");
  const failure = toFailure(list.error, list.errorUpdatedAt);
  // Without an answer to its question the page has no figure: the last ones are of another.
  const isUnread = failure !== null && rows.length === 0;
  return (
    <FilterGo value={go}>
      <PageHead
        answer={isUnread ? "What matches this view could not be read" : findingsViewTitle(view)}
        sub={
          isUnread ? undefined : (
            <>
              {findingsViewSentence({ ...view, total: head.total, totalPlatform: head.totalPlatform, openedSince: head.openedSince })}
              {rows.some((row) => row.isPointsBracketed) ? ` ${BRACKET_WORDS}` : null}
              <TunedLink tuned={head.tuned} base={base} />
            </>
          )
        }
        actions={
          isUnread || head.matching === 0 ? null : <ExportMenu path={path} query={toFindingsQuery(answered.search)} moment={moment} matching={head.matching} />
        }
      />
      <FindingsTabs path={path} search={search} tabs={head.tabs} since={since} isKnown={isKnown} />
      <div className="with-facets findings-split" onClickCapture={(event) => rememberList({ query, cursor: clickedRow(event, items) ?? cursor })}>
        <FacetPanel active={countFilters(search)}>
          <FindingsFacets facets={head.facets} hasStates={search.tab === null} assessed={search.assessed} age={ageLabel(search)} isKnown={isKnown} />
        </FacetPanel>
        <div>
          <ListTools matching={isUnread ? null : head.matching} />
          {!isUnread && rows.length < head.matching ? <p className="on-paper cap">{`${printed}, in the order of the list. The export has them all.`}</p> : null}
          {isUnread ? (
            <ErrorMessage say="The findings could not be read" request={failure.request} onRetry={() => void list.refetch()}>
              {failure.message}
            </ErrorMessage>
          ) : head.matching === 0 && !isPlaceholderData ? (
            <PartBoundary instead={<UnloadedNote />}>
              <FindingsEmpty search={search} isNarrowed={view.isNarrowed} unassessed={head.tabs.unknown} seq={head.moment.at?.seq ?? 0} base={base} />
            </PartBoundary>
          ) : (
            <FindingsTable
              cluster={cluster}
              query={query}
              items={items}
              matching={head.matching}
              columns={columns}
              search={search}
              cursor={cursor}
              selected={selected}
              isStale={isPlaceholderData}
              onToggle={toggle}
              onSelectAll={() => toggleAll(rows.map((row) => row.id))}
              onEnd={onEnd}
              onRange={onRange}
              handle={table}
            />
          )}
          {list.isFetchingNextPage ? <SkeletonRows label="Loading more findings" head={false} rows={3} /> : null}
          {failure !== null && rows.length > 0 ? (
            <ErrorMessage say="The next findings could not be read" request={failure.request} onRetry={() => void fetchNextPage()}>
              {failure.message}
            </ErrorMessage>
          ) : null}
          {isUnread || head.matching === 0 ? null : (
            <FindingsDock
              selected={selected.size}
              range={range}
              matching={head.matching}
              copied={copied}
              onCopy={() => copy([...selected].map(linkOf).join("\n"))}
              onClear={clear}
            />
          )}
        </div>
      </div>
      <div className="on-paper">
        <PageFoot
          parts={[
            ...(head.moment.at ? [head.moment.at] : []),
            ...toChips(search).map(({ label, words }) => `${label}: ${words}`),
            ...(search.q === null ? [] : [`search: ${search.q}`]),
            isUnread ? "not read" : printed,
          ]}
        />
      </div>
    </FilterGo>
  );
}
