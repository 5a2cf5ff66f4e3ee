"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import type { ListResourcesResponse, ResourceRow } from "@/lib/contracts/resources";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { resourcePath } from "@/lib/format/paths";
import { joinWords } from "@/lib/model/join-words";
import { FilterBar, type FilterChip } from "../filters/filter-bar";
import { listOf, withParam } from "../filters/list-param";
import { noMatchWords } from "../filters/no-match-words";
import { useFilter } from "../filters/use-filter";
import { Instant } from "../primitives/instant";
import { Pill } from "../primitives/pill";
import { Message } from "../primitives/message";
import { nextHref } from "../shell/next-href";
import { PostureLink } from "../shell/posture-link";
import { slugOf } from "../shell/posture-search";
import { type Column, DataTable } from "../tables/data-table";
import { PageTurns } from "../tables/page-turns";
import { OpenCounts } from "./open-counts";
import { ObjectName } from "../primitives/object-name";
import { KIND_PARTS, Parted } from "../primitives/parted";

const CHIPS = [
  ["kind", "Kind"],
  ["namespace", "Namespace"],
  ["failing", "Findings"],
] as const;

const COLUMNS: readonly Column<ResourceRow>[] = [
  {
    key: "name",
    head: "Name",
    sort: "name",
    isLink: true,
    cell: ({ ref, isStale }) => (
      <>
        <span className="two mono name">
          <ObjectName name={ref.name} />
        </span>
        <span className="cap">{ref.namespace === null ? "cluster-wide" : ref.namespace}</span>
        {isStale ? (
          <>
            {" "}
            <Pill kind="not-assessed" title="It could not be read in this snapshot, and is shown as last read">
              as last read
            </Pill>
          </>
        ) : null}
      </>
    ),
  },
  {
    key: "kind",
    head: "Kind",
    sort: "kind",
    width: "160px",
    phone: "right",
    cell: ({ ref, scope }) => (
      <>
        <Parted text={ref.kind} at={KIND_PARTS} />
        {scope === "platform" ? <span className="cap block">platform</span> : null}
      </>
    ),
  },
  { key: "open", head: "Open findings", sort: "findings", width: "290px", cell: ({ open }) => <OpenCounts open={open} /> },
  { key: "changed", head: "Last change", sort: "changed", width: "110px", phone: "hide", cell: ({ changedAt }) => <Instant at={changedAt} kind="date" /> },
];

function NoRows({ answer, typed, base }: { readonly answer: ListResourcesResponse; readonly typed: string; readonly base: string }): ReactNode {
  const { at } = answer.moment;
  if (answer.total > 0)
    return (
      <Message
        say={noMatchWords(typed)}
        actions={
          <PostureLink className="ctl line" href={`${base}/resources`}>
            Clear the filter
          </PostureLink>
        }
      />
    );
  const link = (
    <PostureLink className="ctl line" href={`${base}/sources`}>
      See what was asked for
    </PostureLink>
  );
  return (
    <Message say="No object could be read" actions={link}>
      Snapshot {at?.seq} holds no object: what runs in this cluster is not known.
    </Message>
  );
}

/** The list itself: search, sort, one page at a time. */
export function ResourceTable({ answer, base }: { readonly answer: ListResourcesResponse; readonly base: string }): ReactNode {
  const { search, isPending } = useFilter();
  const pathname = usePathname();
  const params = new URLSearchParams(search);
  const chips = CHIPS.flatMap(([name, label]): FilterChip[] => {
    const values = listOf(search, name);
    return values.length === 0
      ? []
      : [{ name, label, words: name === "failing" ? "open" : joinWords(values.map((value) => (value === "-" ? "cluster-wide" : value))) }];
  });
  const sort = params.get("sort") ?? "findings";
  const order = params.get("order") ?? (sort === "findings" || sort === "changed" ? "desc" : "asc");
  const hasPages = answer.nextCursor !== null || params.has("cursor");
  return (
    <div>
      <div className="filter-row">
        <FilterBar chips={chips} placeholder="Search names" found={formatNoun(answer.matching, "resource")} />
      </div>
      {answer.rows.length === 0 ? (
        <NoRows answer={answer} typed={params.get("q") ?? ""} base={base} />
      ) : (
        <DataTable
          caption="Resources"
          rows={answer.rows}
          columns={COLUMNS}
          keyOf={(row) => row.key}
          hrefOf={(row) => resourcePath(slugOf(base), row.ref)}
          sort={{ sort, order: order === "asc" ? "asc" : "desc" }}
          isStale={isPending}
        />
      )}
      {hasPages ? (
        <PageTurns
          label="Pages of the list"
          page={params.get("cursor")}
          target="a.row-a"
          note={`${formatCount(answer.rows.length)} of ${formatNoun(answer.matching, "resource")} on this page`}
        >
          {params.has("cursor") ? (
            <PostureLink className="ctl line" href={pathname + withParam(search, "cursor", "")}>
              First page
            </PostureLink>
          ) : null}
          {answer.nextCursor === null || answer.moment.at === null ? null : (
            <PostureLink className="ctl line" href={nextHref(`${pathname}?${search}`, answer.moment.at.seq, { cursor: answer.nextCursor })}>
              Next page
            </PostureLink>
          )}
        </PageTurns>
      ) : null}
    </div>
  );
}
