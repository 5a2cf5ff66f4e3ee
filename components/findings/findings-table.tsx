"use client";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { FindingColumn, FindingsSearch } from "@/lib/client/findings-search";
import type { ListItem } from "./to-list-items";
import { FindingRow } from "./finding-row";
import { FindingsHead } from "./findings-head";
import { GroupRow } from "./group-row";
import { useIsPrinting } from "./use-is-printing";
import { recallRows, rememberRows } from "./list-memory";

export interface TableHandle {
  readonly show: (index: number) => void;
}

interface FindingsTableProps {
  readonly cluster: string;
  readonly query: string;
  readonly items: readonly ListItem[];
  readonly matching: number;
  readonly columns: readonly FindingColumn[];
  readonly search: FindingsSearch;
  readonly cursor: string | null;
  readonly selected: ReadonlySet<string>;
  readonly isStale: boolean;
  readonly onToggle: (id: string) => void;
  readonly onSelectAll: () => void;
  /** The end of what is loaded comes into sight. */
  readonly onEnd: () => void;
  readonly onRange: (first: number, last: number) => void;
  readonly handle: { current: TableHandle | null };
}

const ROW_PX = 47;
const ONE_LINE_PX = 35;
/** As few as this are all in the page: what the browser searches, prints and photographs is then the whole list. */
const WHOLE = 120;
const BEYOND = 12;
const NEAR_END = 18;
const BAR_PX = 48;
const HEAD_PX = BAR_PX + 32;
const DOCK_PX = 44;
/** The dock, and some air above it. */
const BELOW_PX = DOCK_PX + 12;

/** How much larger than drawn the reader has text, and all lengths with it. */
const readersScale = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** Of a long list only the rows in sight are in the page; the page itself scrolls. */
export function FindingsTable(props: FindingsTableProps): ReactNode {
  const { cluster, query, items, matching, columns, search, cursor, selected, isStale, onToggle, onSelectAll, onEnd, onRange, handle } = props;
  const table = useRef<HTMLTableElement>(null);
  const [{ topPx, headPx, scale }, setPlace] = useState({ topPx: 0, headPx: 0, scale: 1 });
  useLayoutEffect(() => {
    const top = table.current === null ? 0 : table.current.getBoundingClientRect().top + scrollY;
    setPlace({ topPx: top, headPx: table.current?.tHead?.offsetHeight ?? 0, scale: readersScale() });
  }, []);
  const isPrinting = useIsPrinting();
  const drawn = `${query} ${search.rows}`;
  const [known] = useState(() => recallRows(drawn));
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => (search.rows === "one" ? ONE_LINE_PX : ROW_PX) * scale,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: isPrinting ? items.length : items.length <= WHOLE ? WHOLE : BEYOND,
    scrollMargin: topPx,
    // The same first rows on the server and in the browser; where the page is scrolled to comes right after.
    initialRect: { width: 1200, height: 900 },
    initialOffset: 0,
    initialMeasurementsCache: known,
    scrollPaddingStart: HEAD_PX * scale,
    scrollPaddingEnd: BELOW_PX * scale,
  });
  useEffect(() => () => rememberRows(drawn, virtual.takeSnapshot()), [drawn, virtual]);
  const shown = virtual.getVirtualItems();
  const [first, last] = [shown[0], shown.at(-1)];
  const range = virtual.range;
  const isNearEnd = range !== null && range.endIndex >= items.length - NEAR_END;
  useEffect(() => {
    if (isNearEnd) onEnd();
  }, [isNearEnd, onEnd]);
  useEffect(() => {
    handle.current = {
      show: (index) =>
        virtual.scrollToIndex(
          items.findIndex((item) => item.kind === "row" && item.index === index),
          { align: "auto" },
        ),
    };
  });
  // In sight is what neither the bar with the head nor the dock covers, by its better half. The list counts from the top of the table: its rows lie lower, by the head.
  const sightStart = (virtual.scrollOffset ?? 0) + BAR_PX * scale;
  const sightEnd = (virtual.scrollOffset ?? 0) + (virtual.scrollRect?.height ?? 0) - DOCK_PX * scale - headPx;
  const seen = shown.flatMap(({ index, start, end }) => {
    const [item, middle] = [items[index], (start + end) / 2];
    return item?.kind === "row" && middle > sightStart && middle < sightEnd ? [item.index] : [];
  });
  const [firstSeen, lastSeen] = [seen[0], seen.at(-1)];
  useEffect(() => {
    if (topPx > 0 && firstSeen !== undefined && lastSeen !== undefined) onRange(firstSeen, lastSeen);
  }, [topPx, firstSeen, lastSeen, onRange]);
  const rows = items.filter((item) => item.kind === "row");
  const span = columns.length + 2;
  return (
    <table
      ref={table}
      className={clsx("table rows findings even", search.rows === "one" && "one-line", search.view !== null && `by-${search.view}`, isStale && "dim")}
      aria-busy={isStale}
      aria-rowcount={matching + 1}
    >
      <caption className="sr">Findings</caption>
      <FindingsHead
        columns={columns}
        search={search}
        isAllSelected={rows.length > 0 && rows.every((item) => selected.has(item.key))}
        onSelectAll={onSelectAll}
      />
      <tbody>
        {first === undefined || first.start - topPx <= 0 ? null : (
          <tr className="space" style={{ height: first.start - topPx }}>
            <td colSpan={span} />
          </tr>
        )}
        {shown.map(({ index }) => {
          const item = items[index];
          if (item === undefined) return null;
          if (item.kind === "group")
            return (
              <GroupRow
                key={item.key}
                first={item.first}
                view={search.view ?? "control"}
                count={item.count}
                cluster={cluster}
                span={span}
                at={index}
                measure={virtual.measureElement}
              />
            );
          return (
            <FindingRow
              key={item.key}
              row={item.row}
              cluster={cluster}
              columns={columns}
              at={index}
              index={item.index}
              isCursor={item.key === cursor}
              isSelected={selected.has(item.key)}
              onToggle={onToggle}
              measure={virtual.measureElement}
            />
          );
        })}
        {last === undefined || virtual.getTotalSize() - (last.end - topPx) <= 0 ? null : (
          <tr className="space" style={{ height: virtual.getTotalSize() - (last.end - topPx) }}>
            <td colSpan={span} />
          </tr>
        )}
      </tbody>
    </table>
  );
}
